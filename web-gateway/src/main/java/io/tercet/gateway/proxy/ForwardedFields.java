package io.tercet.gateway.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/// What proxies wrote about a request, one value for each proxy, the nearest proxy last.
///
/// Each proxy appends what it knows about the one that it received the request from. So the fields
/// are read from the right, as long as the one who wrote is trusted: anybody may have written what
/// stands left of that.
///
/// Source: RFC 7239 §4 for `Forwarded`; the `X-Forwarded-…` fields have no standard.
///
/// @param clients whom each proxy received the request from
/// @param schemes by which scheme
/// @param hosts for which host
record ForwardedFields(List<String> clients, List<String> schemes, List<String> hosts) {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
  private static final Pattern PAIR =
      Pattern.compile("\\s*(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + ")\\s*(;|,|$)");
  private static final List<String> SCHEMES = List.of("http", "https");

  /// A value that `Forwarded` does not have keeps its place, so that a place means the same proxy
  /// in all three lists.
  private static final String ABSENT = "";

  /// The fields `X-Forwarded-For`, `-Proto` and `-Host`.
  static ForwardedFields legacy(HttpHeaders headers) {
    return new ForwardedFields(
        members(headers, "X-Forwarded-For"),
        members(headers, "X-Forwarded-Proto"),
        members(headers, "X-Forwarded-Host"));
  }

  /// The field `Forwarded`; empty if it is malformed.
  static Optional<ForwardedFields> standard(HttpHeaders headers) {
    var fields = new ForwardedFields(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    return headers.getOrEmpty("Forwarded").stream().allMatch(fields::add)
        ? Optional.of(fields)
        : Optional.empty();
  }

  /// The client as `peer` and the trusted proxies behind it tell.
  ForwardedClient client(InetAddress peer, TrustedProxies trusted) {
    var client = peer;
    int proxy = 0;
    for (int i = clients.size() - 1; i >= 0; i--) {
      var named = address(clients.get(i));
      client = named.orElse(client);
      if (named.isEmpty() || !trusted.contains(client)) {
        break;
      }
      proxy = Math.min(proxy + 1, clients.size() - 1);
    }
    return new ForwardedClient(
        Optional.of(client).filter(found -> !found.equals(peer)),
        value(schemes, proxy)
            .map(scheme -> scheme.toLowerCase(Locale.ROOT))
            .filter(SCHEMES::contains),
        value(hosts, proxy));
  }

  /// What the proxy that is so many proxies away wrote. A list that is shorter has the value of the
  /// farthest proxy first.
  private static Optional<String> value(List<String> values, int proxy) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.get(Math.max(0, values.size() - 1 - proxy)))
            .filter(value -> !value.equals(ABSENT));
  }

  /// An address, perhaps with a port: `1.2.3.4:5`, `[::1]:5`, `[::1]`, `::1`.
  private static Optional<InetAddress> address(String text) {
    var bare = text.replaceFirst("^\\[([^]]*)](?::\\d+)?$|^([^:]*):\\d+$", "$1$2");
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static List<String> members(HttpHeaders headers, String name) {
    return headers.getOrEmpty(name).stream()
        .flatMap(field -> List.of(field.split(",", -1)).stream())
        .map(String::strip)
        .toList();
  }

  /// Adds the elements of one field; false if it is malformed.
  private boolean add(String field) {
    var pair = PAIR.matcher(field);
    boolean begins = true;
    while (pair.lookingAt()) {
      if (begins) {
        List.of(clients, schemes, hosts).forEach(values -> values.add(ABSENT));
      }
      set(pair.group(1), unquoted(pair.group(2)));
      if (pair.end() == field.length() && pair.group(3).isEmpty()) {
        return true;
      }
      begins = pair.group(3).equals(",");
      pair.region(pair.end(), field.length());
    }
    return false;
  }

  private void set(String name, String value) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "for" -> clients.set(clients.size() - 1, value);
      case "proto" -> schemes.set(schemes.size() - 1, value);
      case "host" -> hosts.set(hosts.size() - 1, value);
      default -> {
        // `by` and extensions say nothing about the client.
      }
    }
  }

  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }
}
