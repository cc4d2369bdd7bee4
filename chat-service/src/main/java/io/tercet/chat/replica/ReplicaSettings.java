package io.tercet.chat.replica;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a replica counts as gone.
///
/// @param silenceMax how long after its last heartbeat a replica counts
/// @param answerMax longest wait for the answer to a heartbeat
@ConfigurationProperties("tercet.replica")
record ReplicaSettings(
    @DefaultValue("8s") Duration silenceMax, @DefaultValue("1s") Duration answerMax) {

  ReplicaSettings {
    if (silenceMax.compareTo(answerMax.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "tercet.replica.silence-max must be at least twice answer-max, not " + silenceMax);
    }
  }
}
