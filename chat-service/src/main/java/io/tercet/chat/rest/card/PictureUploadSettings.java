package io.tercet.chat.rest.card;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of pictures that arrive.
///
/// @param atOnce bodies that are in memory at the same time
/// @param atOncePerNetwork bodies that arrive, or wait for their turn, from one address; of IPv6, from
///     one /64
/// @param waitMax longest wait for a turn
/// @param timeMax how long a body may take to arrive
@ConfigurationProperties("tercet.picture-uploads")
record PictureUploadSettings(
    @DefaultValue("3") int atOnce,
    @DefaultValue("2") int atOncePerNetwork,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("30s") Duration timeMax) {}
