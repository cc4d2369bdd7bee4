package io.tercet.chat.people;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Guests, password hashing, and the wait after failed sign-ins.
///
/// @param guests whether a person may sign in with only a name
/// @param guestIdleMax how long a guest keeps their name after their last use
/// @param hashesAtOnce passwords hashed at the same time; each takes 19 MiB of heap
/// @param hashWaitMax longest a sign-in waits for its turn
/// @param attemptsMax failed sign-ins for one name from one network before the next must wait
/// @param attemptsWaitFirst the first wait; each next one is twice as long
/// @param attemptsWaitMax the longest wait
/// @param attemptsForgottenAfter how long after the last one failed sign-ins count
/// @param attemptsKept pairs of name and network whose failed sign-ins are counted
/// @param renamesPerDayMax changes of one display name on one day (UTC)
/// @param attemptsAnswerMax longest wait for Valkey, in which replicas count them together
@ConfigurationProperties("tercet.people")
record PeopleSettings(
    @DefaultValue("true") boolean guests,
    @DefaultValue("30d") Duration guestIdleMax,
    @DefaultValue("2") int hashesAtOnce,
    @DefaultValue("10s") Duration hashWaitMax,
    @DefaultValue("10") int attemptsMax,
    @DefaultValue("2s") Duration attemptsWaitFirst,
    @DefaultValue("15m") Duration attemptsWaitMax,
    @DefaultValue("1h") Duration attemptsForgottenAfter,
    @DefaultValue("20000") int attemptsKept,
    @DefaultValue("10") int renamesPerDayMax,
    @DefaultValue("200ms") Duration attemptsAnswerMax) {

  PeopleSettings {
    if (attemptsForgottenAfter.compareTo(attemptsWaitMax) < 0) {
      throw new IllegalArgumentException(
          "tercet.people.attempts-forgotten-after must not be less than attempts-wait-max, or a"
              + " wait ends early");
    }
  }
}
