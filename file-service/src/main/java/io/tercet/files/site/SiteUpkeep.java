package io.tercet.files.site;

import io.tercet.files.access.AccessControl;
import io.tercet.files.catalog.Catalog;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Takes down the sites of rooms whose publisher may not publish there any more, and deletes the
/// versions of sites that are not kept.
///
/// - Threading: one run at a time, by the scheduler.
@Component
class SiteUpkeep {
  private static final Logger log = LoggerFactory.getLogger(SiteUpkeep.class);

  private final AccessControl access;
  private final Catalog catalog;
  private final Sites sites;
  private final SiteVersions versions;
  private final SiteSettings settings;
  private volatile boolean failing;

  SiteUpkeep(
      AccessControl access,
      Catalog catalog,
      Sites sites,
      SiteVersions versions,
      SiteSettings settings) {
    this.access = access;
    this.catalog = catalog;
    this.sites = sites;
    this.versions = versions;
    this.settings = settings;
  }

  @Scheduled(fixedDelayString = "${tercet.files.site.upkeep-pause}")
  void run() {
    try {
      versions.tidyAll();
      checkRights();
      failing = false;
    } catch (RuntimeException e) {
      // If chat-service does not say who may publish, all sites stay as they are.
      if (!failing) {
        log.warn("cannot check sites: {}", e.toString());
      }
      failing = true;
    }
  }

  private void checkRights() {
    String room = "";
    String name = "";
    List<SiteRows.Row> page;
    do {
      page = pageAfter(room, name);
      for (SiteRows.Row site : page) {
        room = String.valueOf(site.room());
        name = site.name();
        if (site.room() != null && !access.isOwnerNow(site.owner(), site.room())) {
          sites.takeDown(site.owner(), site.name());
          log.info("took down site={} room={}: its publisher lost the right", name, room);
        }
      }
    } while (page.size() == settings.batch());
  }

  private List<SiteRows.Row> pageAfter(String room, String name) {
    return catalog.read(
        tree -> new SiteRows(tree.jdbc()).publishedInRooms(room, name, settings.batch()));
  }
}
