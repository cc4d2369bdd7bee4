package io.tercet.chat.problem;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The id by which a client can name its request to the operator: it is in the answer, and in the
/// log of each service that the request passed. Source: contracts/internal.md.
///
/// Immutable; any thread.
public final class RequestId {

  public static final String HEADER = "X-Request-Id";

  /// The member of a problem document, and the key of the logging context.
  public static final String MEMBER = "requestId";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  private RequestId() {}

  /// The id that came with a request if it is well formed, or else a new one.
  public static String of(@Nullable String sent) {
    return sent != null && FORM.matcher(sent).matches()
        ? sent
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /// The id of the request that the calling thread works on.
  static Optional<String> current() {
    return Optional.ofNullable(MDC.get(MEMBER));
  }
}
