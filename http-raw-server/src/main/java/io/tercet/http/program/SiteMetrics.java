package io.tercet.http.program;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.http.site.SitePuller;
import java.util.function.ToDoubleFunction;

/// What the metrics tell of published sites.
final class SiteMetrics {
  private SiteMetrics() {}

  static void bind(SitePuller puller, MeterRegistry registry) {
    bind(
        puller,
        registry,
        "tercet.http.sites",
        "Published sites that are served",
        each -> each.sites().count());
    bind(
        puller,
        registry,
        "tercet.http.sites.published",
        "Sites in the list of file-service, as it was read last",
        each -> each.sites().publishedCount());
    bind(
        puller,
        registry,
        "tercet.http.sites.pending",
        "Sites that must be fetched, for the first time or in another version",
        SitePuller::pendingCount);
    bind(
        puller,
        registry,
        "tercet.http.sites.left.out",
        "Of these, sites for which there is no room",
        SitePuller::leftOutCount);
    bind(
        puller,
        registry,
        "tercet.http.sites.bytes",
        "What copies of sites take on disk, in whole blocks",
        each -> each.store().bytes());
    bind(
        puller,
        registry,
        "tercet.http.sites.bytes.max",
        "What copies of sites may take on disk",
        each -> each.store().bytesMax());
    bind(
        puller,
        registry,
        "tercet.http.sites.list.read",
        "1 if the list of sites was read since the start; until then an unknown site is 503",
        each -> each.sites().isListRead() ? 1 : 0);
  }

  private static void bind(
      SitePuller puller,
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<SitePuller> value) {
    Gauge.builder(name, puller, value).description(description).register(registry);
  }
}
