package io.tercet.chat.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of what is sent to open connections. Those of the wire: contracts/chat/frames.md.
///
/// @param connectionsMax open connections; past it a new one is closed with 4002
/// @param subscriptionsMax rooms on one connection
/// @param unsentMax bytes kept for one connection before a room falls behind
/// @param unsentLow bytes below which a catch-up goes on
/// @param answersMax bytes kept beyond `unsentMax` for answers; past it the connection is given up
/// @param messageMax one text message to a client
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
