package io.tercet.http.handle;

import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Answers by the host that a request names: `<site>.<domain>` is a published site, any other host
/// is ours.
public final class VirtualHosts implements Handler {
  private final String suffix;
  private final Function<String, Optional<Handler>> sites;
  private final Handler otherwise;

  /// @param domain below which sites are named
  /// @param sites finds who answers for a site
  /// @param otherwise answers for all other hosts
  public VirtualHosts(String domain, Function<String, Optional<Handler>> sites, Handler otherwise) {
    this.suffix = "." + domain.toLowerCase(Locale.ROOT);
    this.sites = sites;
    this.otherwise = otherwise;
  }

  @Override
  public Response handle(Request request) {
    return whoAnswers(request).handle(request);
  }

  @Override
  public long bodyBytesMax(Request head) {
    return whoAnswers(head).bodyBytesMax(head);
  }

  private Handler whoAnswers(Request request) {
    String host = request.hostName();
    if (!host.endsWith(suffix)) {
      return otherwise;
    }
    String site = host.substring(0, host.length() - suffix.length());
    return sites.apply(site).orElse(DefaultErrorPages::siteNotFound);
  }
}
