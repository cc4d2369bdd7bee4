package io.tercet.chat.valkey;

import io.lettuce.core.RedisURI;
import io.tercet.chat.database.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Reads the address of Valkey. What it prints has no password.
final class ValkeyAddress {

  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  private ValkeyAddress() {}

  /// The address; throws a line for the operator if it is none.
  static RedisURI of(ValkeySettings settings) {
    try {
      URI uri = new URI(settings.url());
      if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
        RedisURI address = RedisURI.create(uri);
        // Also the longest wait for each answer while a connection begins.
        address.setTimeout(settings.answerMax());
        return address;
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // Their messages have the password.
    }
    throw new StartupException(
        "TERCET_VALKEY_URL is no address of Valkey: give redis://user:password@host:port, or "
            + "rediss://… for TLS, with user and password percent-encoded");
  }

  /// Host and port.
  static String place(RedisURI uri) {
    return uri.getHost() + ":" + uri.getPort();
  }
}
