package io.tercet.http.handle;

import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Chooses the handler by the host of a request: `<site>.<domain>` is a published site, any other
/// host is ours. A site that is not here, but may be published, is answered 503 with `Retry-After`;
/// any other one 404.
public final class VirtualHosts implements Handler {
  private final String suffix;
  private final Function<String, Optional<Handler>> sites;
  private final Predicate<String> isAwaited;
  private final Handler otherwise;

  /// @param domain whose subdomains are the sites
  /// @param sites finds the handler of a site
  /// @param isAwaited whether a site without handler may be published all the same
  /// @param otherwise the handler of all other hosts
  public VirtualHosts(
      String domain,
      Function<String, Optional<Handler>> sites,
      Predicate<String> isAwaited,
      Handler otherwise) {
    this.suffix = "." + domain.toLowerCase(Locale.ROOT);
    this.sites = sites;
    this.isAwaited = isAwaited;
    this.otherwise = otherwise;
  }

  @Override
  public Response handle(Request request) {
    return handlerFor(request).handle(request);
  }

  @Override
  public long bodyBytesMax(Request head) {
    return handlerFor(head).bodyBytesMax(head);
  }

  private Handler handlerFor(Request request) {
    String host = request.hostName();
    if (!host.endsWith(suffix)) {
      return otherwise;
    }
    String site = host.substring(0, host.length() - suffix.length());
    Optional<Handler> handler = sites.apply(site);
    if (handler.isPresent()) {
      return handler.get();
    }
    return isAwaited.test(site) ? DefaultErrorPages::siteAwaited : DefaultErrorPages::siteNotFound;
  }
}
