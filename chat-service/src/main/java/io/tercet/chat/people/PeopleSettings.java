package io.tercet.chat.people;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Guests, password hashing, and the limit on failed sign-ins.
///
/// @param guests whether a person may sign in with only a name
/// @param guestIdleMax how long a guest keeps their name after their last use
/// @param hashesAtOnce passwords hashed at the same time; each takes 19 MiB of heap
/// @param hashWaitMax longest a sign-in waits for its turn
/// @param attemptsMax failed sign-ins for one name from one address in one window
/// @param attemptsPerAddressMax failed sign-ins from one address in one window
/// @param attemptsWindow how long a failed sign-in counts
@ConfigurationProperties("tercet.people")
record PeopleSettings(
    @DefaultValue("true") boolean guests,
    @DefaultValue("30d") Duration guestIdleMax,
    @DefaultValue("2") int hashesAtOnce,
    @DefaultValue("10s") Duration hashWaitMax,
    @DefaultValue("10") int attemptsMax,
    @DefaultValue("100") int attemptsPerAddressMax,
    @DefaultValue("5m") Duration attemptsWindow) {}
