package io.tercet.chat.delivery.outbound;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How much may wait to be sent. Each queued frame counts [SendQueue#FRAME_BYTES] more than it has.
///
/// @param unsentMax unsent bytes of one connection; with more, a subscription falls behind
/// @param unsentLow unsent bytes of one connection at which it gets another page of history
/// @param answersMax bytes beyond `unsentMax` for answers; with more, the connection is closed
/// @param unsentPersonMax unsent bytes of all connections of one person; 0 is an eighth of
///     `unsentAllMax`
/// @param unsentAllMax unsent bytes of all connections; 0 is a quarter of the largest heap
/// @param messageMax size of one text message to a client
@ConfigurationProperties("tercet.relay")
public record OutboundSettings(
    @DefaultValue("1MB") DataSize unsentMax,
    @DefaultValue("64KB") DataSize unsentLow,
    @DefaultValue("1MB") DataSize answersMax,
    @DefaultValue("0B") DataSize unsentPersonMax,
    @DefaultValue("0B") DataSize unsentAllMax,
    @DefaultValue("256KB") DataSize messageMax) {

  private static final int HEAP_PARTS = 4;
  private static final int PEOPLE_PARTS = 8;

  public OutboundSettings {
    if (unsentAllMax.toBytes() == 0) {
      unsentAllMax = DataSize.ofBytes(Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }
    if (unsentPersonMax.toBytes() == 0) {
      unsentPersonMax = DataSize.ofBytes(unsentAllMax.toBytes() / PEOPLE_PARTS);
    }
    if (unsentMax.toBytes() < unsentLow.toBytes() + messageMax.toBytes()) {
      throw new IllegalArgumentException(
          "tercet.relay.unsent-max must hold unsent-low and one message-max");
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

  /// [#messageMax] in bytes.
  public int messageMaxBytes() {
    return (int) messageMax.toBytes();
  }
}
