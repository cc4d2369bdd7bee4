package io.tercet.gateway.host;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A set of host names: names by themselves, and names with all that is below them. Immutable, for
/// any thread.
final class HostNames {

  private static final String BELOW = "*.";
  private static final Pattern FORM =
      Pattern.compile("(?:\\*\\.)?[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");

  private final Set<String> names;
  private final Set<String> domains;

  private HostNames(Set<String> names, Set<String> domains) {
    this.names = Set.copyOf(names);
    this.domains = Set.copyOf(domains);
  }

  /// Reads names (`tercet.example.org`) and patterns (`*.example.org`). Case and a final dot do not
  /// matter.
  ///
  /// @param setting where they come from, for the operator
  /// @throws IllegalArgumentException if one of them is neither
  static HostNames of(String setting, List<String> patterns) {
    var names = new HashSet<String>();
    var domains = new HashSet<String>();
    for (var pattern : patterns) {
      var text = pattern.strip().toLowerCase(Locale.ROOT);
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException(
            setting
                + " takes host names without scheme and port, such as tercet.example.org, not "
                + pattern);
      }
      var plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
      var _ =
          plain.startsWith(BELOW) ? domains.add(plain.substring(BELOW.length())) : names.add(plain);
    }
    return new HostNames(names, domains);
  }

  /// @param host in lower case, without a final dot
  boolean contains(String host) {
    return names.contains(host) || isBelowADomain(host);
  }

  private boolean isBelowADomain(String host) {
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (domains.contains(host.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }
}
