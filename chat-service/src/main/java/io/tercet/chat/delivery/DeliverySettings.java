package io.tercet.chat.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of delivery to open connections; contracts/chat/frames.md has those of the protocol.
///
/// @param connectionsMax open connections; one more is closed with 4002
/// @param subscriptionsMax rooms on one connection
/// @param unsentMax unsent bytes of one connection; with more, a subscription falls behind
/// @param unsentLow unsent bytes at which a catch-up goes on
/// @param answersMax bytes beyond `unsentMax` for answers; with more, the connection is closed
/// @param messageMax size of one text message to a client
/// @param pageEntries entries read from the log at once during a catch-up
/// @param hereMax people named in one `presence`
/// @param drainMax how long a stop waits for connections to close
@ConfigurationProperties("tercet.relay")
record DeliverySettings(
    @DefaultValue("10000") int connectionsMax,
    @DefaultValue("200") int subscriptionsMax,
    @DefaultValue("1MB") DataSize unsentMax,
    @DefaultValue("256KB") DataSize unsentLow,
    @DefaultValue("1MB") DataSize answersMax,
    @DefaultValue("256KB") DataSize messageMax,
    @DefaultValue("200") int pageEntries,
    @DefaultValue("1000") int hereMax,
    @DefaultValue("3s") Duration drainMax) {

  DeliverySettings {
    if (unsentMax.toBytes() < unsentLow.toBytes() + messageMax.toBytes()) {
      throw new IllegalArgumentException(
          "tercet.relay.unsent-max must hold unsent-low and one message-max, or no catch-up ends");
    }
  }

  int unsentMaxBytes() {
    return (int) unsentMax.toBytes();
  }

  int unsentLowBytes() {
    return (int) unsentLow.toBytes();
  }

  int answersMaxBytes() {
    return (int) answersMax.toBytes();
  }

  int messageMaxBytes() {
    return (int) messageMax.toBytes();
  }
}
