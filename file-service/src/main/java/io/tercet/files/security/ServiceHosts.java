package io.tercet.files.security;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names under which this service answers: addresses, `localhost` and what is below it, names
/// without a dot as in a container network, names of Kubernetes services, and what
/// `TERCET_SERVICE_HOSTS` lists.
///
/// Somebody may let a name of theirs lead to this machine, so that a browser takes their page and
/// this service for one origin (DNS rebinding). Such a page always shows its name in `Host`; the
/// gateway shows the name or the address by which it knows this service.
///
/// Immutable; any thread.
final class ServiceHosts implements Predicate<String> {

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-f:.]*:.*");

  private final Set<String> names;

  ServiceHosts(List<String> names) {
    this.names =
        names.stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// @param host a host as the request names it, without its port
  @Override
  public boolean test(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return !name.contains(".")
        || ADDRESS.matcher(name).matches()
        || name.endsWith(".localhost")
        || name.endsWith(".svc")
        || name.endsWith(".svc.cluster.local")
        || names.contains(name);
  }
}
