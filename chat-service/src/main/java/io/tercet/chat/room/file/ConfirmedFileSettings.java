package io.tercet.chat.room.file;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of files that file-service confirmed.
///
/// @param kept how long a file is known; after that no message can have it any more
/// @param perPersonMax files of one person that no message has; past it the oldest are forgotten
/// @param removedMax files that one transaction removes
@ConfigurationProperties("tercet.confirmed-files")
public record ConfirmedFileSettings(
    @DefaultValue("24h") Duration kept,
    @DefaultValue("1000") int perPersonMax,
    @DefaultValue("500") int removedMax) {}
