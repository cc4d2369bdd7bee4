package io.tercet.chat.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of delivery to open connections; contracts/chat/frames.md has those of the protocol.
///
/// @param connectionsMax open connections; one more is closed with 4002
/// @param connectionsPerPersonMax … of one person
/// @param connectionsPerNetworkMax … from one address; of IPv6, from one /64
/// @param subscriptionsMax rooms on one connection
/// @param pageEntries entries read from the log at once during a catch-up
/// @param pageMax bytes of entries that a catch-up encodes and sends at once
/// @param pagesAtOnce pages that are read and encoded at the same time; 0 is one for two cores
/// @param pagePause how long a catch-up waits while too much waits to be sent to all, and a room
///     whose log could not be read
/// @param pagesPerPersonMax pages that are being written to one person over HTTP
/// @param roomQueueMax bytes of committed entries that wait for one room's thread; past it the
///     room's subscriptions read them from the log
/// @param pollPeriod how often the rooms that are listened to are looked up, if other replicas
///     write to them; so late at most an entry comes of which nobody told
/// @param pollRooms rooms that are looked up in one statement
/// @param gapEntriesMax entries of other replicas that a room's thread reads in a row for all who
///     listen; past it each subscription reads at its own pace
/// @param slowMax how long a connection that was told that it is behind may go without reading
/// @param hereMax people named in one `presence` or `presence-changed`
/// @param presencePeriod shortest time between two `presence-changed` of one room
/// @param drainMax how long a stop waits for connections to close
@ConfigurationProperties("tercet.relay")
record DeliverySettings(
    @DefaultValue("10000") int connectionsMax,
    @DefaultValue("50") int connectionsPerPersonMax,
    @DefaultValue("1000") int connectionsPerNetworkMax,
    @DefaultValue("200") int subscriptionsMax,
    @DefaultValue("200") int pageEntries,
    @DefaultValue("16KB") DataSize pageMax,
    @DefaultValue("0") int pagesAtOnce,
    @DefaultValue("250ms") Duration pagePause,
    @DefaultValue("4") int pagesPerPersonMax,
    @DefaultValue("4MB") DataSize roomQueueMax,
    @DefaultValue("2s") Duration pollPeriod,
    @DefaultValue("500") int pollRooms,
    @DefaultValue("1000") int gapEntriesMax,
    @DefaultValue("5s") Duration slowMax,
    @DefaultValue("100") int hereMax,
    @DefaultValue("1s") Duration presencePeriod,
    @DefaultValue("3s") Duration drainMax) {

  DeliverySettings {
    if (pagesAtOnce == 0) {
      pagesAtOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
  }

  int pageMaxBytes() {
    return (int) pageMax.toBytes();
  }
}
