package io.tercet.chat.replicas;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Something that goes wrong for a while. Each kind belongs to one target: a target has one fault
/// at a time.
enum Fault {
  KILL_REPLICA(0, 2_000) {
    @Override
    void begin(ReplicaNetwork network, Replica replica) throws Exception {
      replica.kill();
    }

    @Override
    void end(ReplicaNetwork network, Replica replica) throws Exception {
      replica.startAgain();
    }
  },
  STOP_REPLICA(20_000, 20_000) {
    @Override
    void begin(ReplicaNetwork network, Replica replica) {
      replica.stop();
    }

    @Override
    void end(ReplicaNetwork network, Replica replica) {
      replica.goOn();
    }
  },
  RESTART_POSTGRES(0, 0) {
    @Override
    void begin(ReplicaNetwork network, Replica replica) {
      network.restartPostgres();
    }

    @Override
    void end(ReplicaNetwork network, Replica replica) {
      network.awaitPostgres();
    }
  },
  KILL_POSTGRES(0, 3_000) {
    @Override
    void begin(ReplicaNetwork network, Replica replica) {
      network.killPostgres();
    }

    @Override
    void end(ReplicaNetwork network, Replica replica) {
      network.startPostgres();
      network.awaitPostgres();
    }
  },
  KILL_VALKEY(500, 6_000) {
    @Override
    void begin(ReplicaNetwork network, Replica replica) {
      network.killValkey();
    }

    @Override
    void end(ReplicaNetwork network, Replica replica) {
      network.startValkey();
    }
  },
  CUT_VALKEY(2_000, 8_000) {
    @Override
    void begin(ReplicaNetwork network, Replica replica) {
      network.cutValkey();
    }

    @Override
    void end(ReplicaNetwork network, Replica replica) {
      network.uncutValkey();
    }
  };

  private static final List<Fault> OF_REPLICA = List.of(KILL_REPLICA, KILL_REPLICA, STOP_REPLICA);
  private static final List<Fault> OF_POSTGRES = List.of(RESTART_POSTGRES, KILL_POSTGRES);
  private static final List<Fault> OF_VALKEY = List.of(KILL_VALKEY, CUT_VALKEY);

  private final int shortestMillis;
  private final int longestMillis;

  Fault(int shortestMillis, int longestMillis) {
    this.shortestMillis = shortestMillis;
    this.longestMillis = longestMillis;
  }

  /// Starts it, or does all of it.
  abstract void begin(ReplicaNetwork network, Replica replica) throws Exception;

  /// Makes everything as before.
  abstract void end(ReplicaNetwork network, Replica replica) throws Exception;

  static Fault ofReplica(RandomGenerator random) {
    return OF_REPLICA.get(random.nextInt(OF_REPLICA.size()));
  }

  static Fault ofPostgres(RandomGenerator random) {
    return OF_POSTGRES.get(random.nextInt(OF_POSTGRES.size()));
  }

  /// Without root, Valkey is only killed.
  static Fault ofValkey(RandomGenerator random) {
    Fault drawn = OF_VALKEY.get(random.nextInt(OF_VALKEY.size()));
    return ReplicaNetwork.canCut() ? drawn : KILL_VALKEY;
  }

  /// How long it lasts.
  Duration length(RandomGenerator random) {
    return Duration.ofMillis(random.nextInt(shortestMillis, longestMillis + 1));
  }
}
