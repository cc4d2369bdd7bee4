package io.tercet.chat.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of the log writer.
///
/// @param queueMax commands in the queue; a caller waits when it is full
/// @param batchMax commands in one transaction
/// @param waitMax longest wait of a caller for space in the queue, and for the result
/// @param roomsListedMax most rooms in one page of a list of rooms
/// @param membersListedMax most members in the list of a room
@ConfigurationProperties("tercet.log")
public record LogSettings(
    @DefaultValue("4096") int queueMax,
    @DefaultValue("512") int batchMax,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("200") int roomsListedMax,
    @DefaultValue("1000") int membersListedMax) {}
