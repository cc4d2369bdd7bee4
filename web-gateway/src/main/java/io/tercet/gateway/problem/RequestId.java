package io.tercet.gateway.problem;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/// The id by which a client can name its request to the operator: it is in the answer, and in the
/// log of each service that the request passed. Source: contracts/http.md.
///
/// Any thread.
public final class RequestId {

  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  private RequestId() {}

  /// The id of a request.
  public static String of(ServerWebExchange exchange) {
    return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, _ -> fresh());
  }

  /// Takes the id that a trusted proxy gave the request, if it is well formed.
  ///
  /// @param sent the field of the request; null if it has none
  public static void adopt(ServerWebExchange exchange, @Nullable String sent) {
    Optional.ofNullable(sent)
        .filter(id -> FORM.matcher(id).matches())
        .ifPresent(id -> exchange.getAttributes().put(ATTRIBUTE, id));
  }

  /// A new id: 16 hexadecimal digits.
  public static String fresh() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
