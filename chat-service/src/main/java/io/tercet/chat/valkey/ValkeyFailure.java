package io.tercet.chat.valkey;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.tercet.chat.database.StartupException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why Valkey did not do what it should: it is away, or an operator must do something.
///
/// Only an answer, or what is no answer of Valkey, is for the operator. A server that cannot be
/// found or reached, that closes the connection or does not answer may come back.
///
/// @param line what to do, without any password; null if Valkey is away
/// @param cause the innermost message, for the log
record ValkeyFailure(@Nullable String line, String cause) {

  /// Answers of a server that starts, or of a cluster that changes.
  private static final Set<String> PASSING =
      Set.of("LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "READONLY", "OOM");

  /// What happened while `place`, a host with its port, was asked.
  static ValkeyFailure of(Throwable failure, String place) {
    Throwable innermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      innermost = cause;
      String line = line(cause, place);
      if (line != null) {
        return new ValkeyFailure(line, cause.toString());
      }
    }
    return new ValkeyFailure(null, innermost.toString());
  }

  boolean isAway() {
    return line == null;
  }

  @Override
  public String toString() {
    return line == null ? "away: " + cause : line;
  }

  /// The exception that ends the start. Not for one that is away.
  StartupException atStart() {
    return new StartupException(String.valueOf(line));
  }

  private static @Nullable String line(Throwable cause, String place) {
    return switch (cause) {
      case RedisCommandExecutionException refused ->
          refusal(String.valueOf(refused.getMessage()), place);
      case SSLException tls ->
          "no TLS with Valkey at "
              + place
              + " ("
              + tls.getMessage()
              + "): check the certificate, or give TERCET_VALKEY_URL as redis://…";
      case RedisProtocolException other -> noValkey(place);
      default -> null;
    };
  }

  private static @Nullable String refusal(String answer, String place) {
    String code = answer.split(" ", 2)[0];
    if (PASSING.contains(code)) {
      return null;
    }
    return switch (code) {
      case "WRONGPASS", "NOAUTH" ->
          "Valkey at "
              + place
              + " refuses the user or the password: correct them in TERCET_VALKEY_URL, "
              + "redis://user:password@host:port";
      case "NOPERM" ->
          "Valkey at "
              + place
              + " lets the user of TERCET_VALKEY_URL do too little ("
              + answer
              + "): give the user the rules ~tercet:* &tercet:* +@all -@admin -@dangerous +info";
      case "ERR" ->
          answer.contains("unknown command")
              ? "the server at "
                  + place
                  + " is too old ("
                  + answer
                  + "): TERCET_VALKEY_URL needs Valkey, or Redis 7 or newer"
              : answer.contains("max number of clients")
                  ? null
                  : "Valkey at " + place + " refuses TERCET_VALKEY_URL: " + answer;
      default -> null;
    };
  }

  private static String noValkey(String place) {
    return "what answers at " + place + " is no Valkey: correct TERCET_VALKEY_URL";
  }
}
