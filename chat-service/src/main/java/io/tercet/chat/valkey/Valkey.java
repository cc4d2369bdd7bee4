package io.tercet.chat.valkey;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// The connections to Valkey, if there is one. It finds out by itself whether Valkey is one server
/// or a cluster.
///
/// - Lifecycle: connects after the database is open. If Valkey is away then, the service starts all
///   the same and connects later. If Valkey refuses, the start ends with a line for the operator.
/// - Errors: while Valkey is away, every command fails at once; otherwise no later than
///   [ValkeySettings#answerMax].
/// - Threading: any thread. A scheduled check connects and listens to Valkey's pulse; its lock is
///   outermost. Lettuce has threads of its own, on which answers come.
@Component
@EnableConfigurationProperties(ValkeySettings.class)
public class Valkey implements SmartLifecycle {

  /// The beginning of every key and channel of this service.
  public static final String PREFIX = "tercet:";

  private static final Logger log = LoggerFactory.getLogger(Valkey.class);
  private static final String CHECKED_CHANNEL = PREFIX + "check:{check}";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /// The least that Lettuce takes.
  private static final int THREADS = 2;

  private final ValkeySettings settings;
  private final RedisClusterAsyncCommands<String, String> away = AwayCommands.create();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock checking = new ReentrantLock();
  private @Nullable ClientResources resources;
  private volatile @Nullable ValkeyLink link;
  private volatile @Nullable Breaks breaks;
  private volatile boolean running;
  private volatile boolean connected;
  private volatile String problem = "not connected yet";
  private volatile String place = "";

  /// Whether the log says that Valkey cannot be used.
  private volatile boolean told;

  private int missed;

  Valkey(ValkeySettings settings) {
    this.settings = settings;
  }

  /// Whether replicas share a Valkey. Without, nothing else here has a use.
  public boolean isShared() {
    return settings.isShared();
  }

  /// Whether Valkey answered the last check and the connection still stands.
  public boolean isConnected() {
    return connected;
  }

  /// Commands; each answers by a future, which fails if Valkey is away.
  public RedisClusterAsyncCommands<String, String> commands() {
    ValkeyLink current = link;
    return connected && current != null ? current.commands() : away;
  }

  /// A new connection that subscribes; its owner closes it. It waits for the connection, and throws
  /// if Valkey is away. Lettuce subscribes again after a break. It ends for good when Valkey did
  /// not answer for long: the owner takes a new one when it hears [#whenConnected].
  public StatefulRedisPubSubConnection<String, String> subscriber() {
    ValkeyLink current = link;
    if (!connected || current == null) {
      throw new RedisConnectionException("Valkey is away");
    }
    return current.subscribers().get();
  }

  /// Runs something each time that Valkey can be reached: after the start, and after it was away.
  /// It runs on the thread of the check and must not block for long. Call this before the start.
  public void whenConnected(Runnable listener) {
    listeners.add(listener);
  }

  /// Why Valkey cannot be reached, for the operator.
  String problem() {
    return problem;
  }

  @Override
  public void start() {
    if (!isShared()) {
      running = true;
      return;
    }
    checking.lock();
    try {
      ValkeyFailure failure = connect();
      if (failure != null && !failure.isAway()) {
        stop();
        throw failure.atStart();
      }
      running = true;
      if (failure != null) {
        lost(failure, place);
      }
    } finally {
      checking.unlock();
    }
  }

  @Override
  public void stop() {
    running = false;
    connected = false;
    checking.lock();
    try {
      drop();
      if (resources != null) {
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        resources = null;
      }
    } finally {
      checking.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// After the database, before everything that uses it.
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1;
  }

  /// Connects if there is no connection; otherwise asks whether Valkey answers.
  @Scheduled(fixedRateString = "${tercet.valkey.check-period:500ms}")
  void check() {
    if (!isShared() || !running || !checking.tryLock()) {
      return;
    }
    try {
      ValkeyLink current = link;
      if (!running) {
        return;
      }
      if (current == null) {
        connect();
      } else if (answers(current)) {
        missed = 0;
        reached(current.mode());
      } else if (++missed >= settings.missedMax()) {
        // A connection whose packets are lost may look open for minutes.
        drop();
      }
    } finally {
      checking.unlock();
    }
  }

  private @Nullable ValkeyFailure connect() {
    RedisURI uri = ValkeyAddress.of(settings);
    place = ValkeyAddress.place(uri);
    try {
      ValkeyLink opened = ValkeyLink.open(resources(), uri, settings);
      Breaks listener = new Breaks();
      opened.connection().addListener(listener);
      breaks = listener;
      link = opened;
      missed = 0;
      mustBeAllowed(opened);
      reached(opened.mode());
      return null;
    } catch (RuntimeException e) {
      drop();
      ValkeyFailure failure = ValkeyFailure.of(e, place);
      lost(failure, place);
      return failure;
    }
  }

  /// Subscribes and publishes once, because the rules of a user may forbid it.
  private void mustBeAllowed(ValkeyLink opened) {
    StatefulRedisPubSubConnection<String, String> subscriber = opened.subscribers().get();
    try {
      await(subscriber.async().ssubscribe(CHECKED_CHANNEL));
      await(opened.commands().spublish(CHECKED_CHANNEL, ""));
      await(opened.commands().psetex(PREFIX + "check", settings.answerMax().toMillis(), ""));
    } finally {
      subscriber.close();
    }
  }

  private boolean answers(ValkeyLink current) {
    try {
      await(current.commands().ping());
      return true;
    } catch (RuntimeException e) {
      lost(ValkeyFailure.of(e, place), place);
      return false;
    }
  }

  private void await(Future<?> answer) {
    try {
      answer.get(settings.answerMax().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new RedisConnectionException("no answer", e.getCause());
    } catch (TimeoutException e) {
      throw new RedisConnectionException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisConnectionException("interrupted", e);
    }
  }

  private void reached(String mode) {
    if (connected) {
      return;
    }
    connected = true;
    told = false;
    log.info("Valkey can be reached: mode={}", mode);
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        log.warn("Valkey's return not handled: {}", e.toString());
      }
    }
  }

  private void lost(ValkeyFailure failure, String place) {
    connected = false;
    problem = failure.isAway() ? "away: " + place + ": " + failure.cause() : failure.toString();
    if (!told && running) {
      told = true;
      log.warn("Valkey cannot be used; replicas hear each other later: {}", problem);
    }
  }

  private void drop() {
    ValkeyLink current = link;
    link = null;
    breaks = null;
    missed = 0;
    if (current != null) {
      current.close();
    }
  }

  private ClientResources resources() {
    ClientResources made = resources;
    if (made == null) {
      made =
          ClientResources.builder()
              .ioThreadPoolSize(THREADS)
              .computationThreadPoolSize(THREADS)
              .commandLatencyRecorder(CommandLatencyRecorder.disabled())
              .reconnectDelay(
                  Delay.fullJitter(
                      FIRST_PAUSE,
                      settings.reconnectMax(),
                      FIRST_PAUSE.toMillis(),
                      TimeUnit.MILLISECONDS))
              .build();
      resources = made;
    }
    return made;
  }

  /// Hears at once when the connection breaks; the next check hears that it is back.
  private final class Breaks implements RedisConnectionStateListener {

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
      if (breaks == this) {
        lost(new ValkeyFailure(null, "the connection broke"), place);
      }
    }
  }
}
