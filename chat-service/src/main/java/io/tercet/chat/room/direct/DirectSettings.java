package io.tercet.chat.room.direct;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of direct conversations.
///
/// @param openedMax direct conversations that one person may have opened
/// @param roomsLookedAtMax rooms of each of two people among which the service looks for one that
///     both are in
@ConfigurationProperties("tercet.direct")
public record DirectSettings(
    @DefaultValue("2000") int openedMax, @DefaultValue("1000") int roomsLookedAtMax) {}
