package io.tercet.chat.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long sessions live.
///
/// @param sessionIdleMax how long a session lives without use
/// @param tokenSessionIdleMax the same for a session that was opened only to get a token
/// @param sessionCheckAge how long a session that was found alive is not looked up again
/// @param expiredMax expired sessions that one transaction deletes; others write between two
@ConfigurationProperties("tercet.people")
public record SessionSettings(
    @DefaultValue("30d") Duration sessionIdleMax,
    @DefaultValue("15m") Duration tokenSessionIdleMax,
    @DefaultValue("5s") Duration sessionCheckAge,
    @DefaultValue("1000") int expiredMax) {}
