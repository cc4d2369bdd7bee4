package io.tercet.files.site;

import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Tree;
import io.tercet.files.chat.ChatClient;
import io.tercet.files.chat.SiteEvent;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Tells rooms which of their folders everybody can read.
///
/// An event is written in the transaction that changes the site, and removed when chat-service has
/// answered. What a room has not heard yet of a site is one event, the newest.
///
/// - Threading: safe; one delivery at a time, by the scheduler.
@Component
class SiteAnnouncements {
  private static final Logger log = LoggerFactory.getLogger(SiteAnnouncements.class);

  private final Catalog catalog;
  private final ChatClient chat;
  private final SiteSettings settings;
  private volatile boolean failing;

  SiteAnnouncements(Catalog catalog, ChatClient chat, SiteSettings settings) {
    this.catalog = catalog;
    this.chat = chat;
    this.settings = settings;
  }

  /// Adds an event. Call it in the transaction of the change.
  static void add(Tree tree, UUID roomId, UUID personId, Site site, boolean published) {
    tree.jdbc()
        .sql("delete from site_event where room_id = ? and site = ?")
        .params(roomId.toString(), site.site())
        .update();
    tree.jdbc()
        .sql(
            """
            insert into site_event (event_id, room_id, person_id, site, url, published)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            tree.newId().toString(),
            roomId.toString(),
            personId.toString(),
            site.site(),
            site.url(),
            published ? 1 : 0)
        .update();
  }

  @Scheduled(fixedDelayString = "${tercet.files.site.announce-pause}")
  void deliver() {
    try {
      List<SiteEvent> events;
      do {
        events = catalog.read(tree -> next(tree.jdbc()));
        for (SiteEvent event : events) {
          chat.deliver(event);
          catalog.writeToFree(tree -> remove(tree.jdbc(), event));
          log.info(
              "told room={} site={} published={}", event.roomId(), event.site(), event.published());
        }
      } while (events.size() == settings.batch());
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("cannot tell rooms of sites: {}", e.toString());
      }
      failing = true;
    }
  }

  private List<SiteEvent> next(JdbcClient jdbc) {
    return jdbc.sql("select * from site_event order by place limit ?")
        .param(settings.batch())
        .query((row, _) ->
            new SiteEvent(
                UUID.fromString(row.getString("event_id")),
                UUID.fromString(row.getString("room_id")),
                UUID.fromString(row.getString("person_id")),
                row.getString("site"),
                row.getString("url"),
                row.getInt("published") == 1))
        .list();
  }

  private static int remove(JdbcClient jdbc, SiteEvent event) {
    return jdbc.sql("delete from site_event where event_id = ?")
        .param(event.eventId().toString())
        .update();
  }
}
