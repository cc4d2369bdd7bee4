package io.tercet.files.quota;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// What a registered person, a guest, and a room may store: bytes, and files and folders together.
@ConfigurationProperties("tercet.files.quota")
public record QuotaSettings(
    DataSize personBytes,
    int personItems,
    DataSize guestBytes,
    int guestItems,
    DataSize roomBytes,
    int roomItems) {
  public QuotaSettings {
    if (personBytes.isNegative()
        || guestBytes.isNegative()
        || roomBytes.isNegative()
        || Math.min(personItems, Math.min(guestItems, roomItems)) < 0) {
      throw new IllegalArgumentException("quotas must not be negative");
    }
  }
}
