package io.tercet.chat.housekeeping;

import io.tercet.chat.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Lets one replica at a time do a task, by a row in the database with a lease.
///
/// The replica that did a task goes on doing it: each step renews the lease. If the replica stops,
/// it lets go of its tasks; if it is killed, its leases end after [HousekeepingSettings#lease]. A
/// replica that is paused within a step may finish it while another one has begun: so a step must
/// do no harm when two do it.
///
/// ShedLock does the same for databases that are a `DataSource`; [io.tercet.chat.database.Database]
/// is none.
///
/// Threading: any thread; the caller waits for the database and does the steps.
@Component
@EnableConfigurationProperties(HousekeepingSettings.class)
public class Housekeeping implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final Leases leases;
  private final HousekeepingSettings settings;
  private final InstantSource clock;
  private final String holder = UUID.randomUUID().toString();
  private volatile boolean running;

  Housekeeping(Leases leases, HousekeepingSettings settings, InstantSource clock) {
    this.leases = leases;
    this.settings = settings;
    this.clock = clock;
  }

  /// Does the steps of a task until one says that there is nothing more to do. Does nothing if
  /// another replica has the task, and stops before the next step if this one lost it.
  public void run(String task, BooleanSupplier step) {
    boolean more = true;
    while (more && running) {
      Instant now = clock.instant();
      more = leases.take(task, holder, now, now.plus(settings.lease())) && step.getAsBoolean();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    try {
      leases.release(holder);
    } catch (ProblemException away) {
      log.warn("housekeeping not handed over: others wait for the lease: {}", away.getMessage());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
