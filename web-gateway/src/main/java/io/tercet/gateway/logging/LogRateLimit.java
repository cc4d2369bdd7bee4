package io.tercet.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Drops what is logged too often, so that no client can fill a disk by what it does. It says so in
/// one line each minute for each event that it drops.
///
/// - Bounds: [LogSettings]; the event that reaches a bound is still logged. It tells at most
///   [#EVENTS_MAX] events apart in a minute, and counts the rest as one.
/// - Threading: any thread.
@Component
@EnableConfigurationProperties(LogSettings.class)
final class LogRateLimit extends TurboFilter implements InitializingBean, DisposableBean {

  static final int EVENTS_MAX = 1_000;

  private static final Event REST = new Event("other loggers", "other messages");

  private final LogSettings settings;
  private final InstantSource clock;
  private final LoggerContext loggers;
  private final Logger log;
  private final AtomicReference<Minute> minute = new AtomicReference<>(new Minute(0));

  private record Event(String logger, String message) {}

  private record Count(AtomicLong lines, AtomicBoolean dropped) {

    Count() {
      this(new AtomicLong(), new AtomicBoolean());
    }

    boolean isFirstDrop() {
      return dropped.compareAndSet(false, true);
    }
  }

  private record Minute(long number, Map<Event, Count> events, Count all) {

    Minute(long number) {
      this(number, new ConcurrentHashMap<>(), new Count());
    }

    Count of(Event event) {
      boolean known = events.size() < EVENTS_MAX || events.containsKey(event);
      return events.computeIfAbsent(known ? event : REST, _ -> new Count());
    }
  }

  @Autowired
  LogRateLimit(LogSettings settings) {
    this(settings, InstantSource.system(), (LoggerContext) LoggerFactory.getILoggerFactory());
  }

  LogRateLimit(LogSettings settings, InstantSource clock, LoggerContext loggers) {
    this.settings = settings;
    this.clock = clock;
    this.loggers = loggers;
    this.log = loggers.getLogger(LogRateLimit.class);
  }

  @Override
  public void afterPropertiesSet() {
    loggers.addTurboFilter(this);
  }

  @Override
  public void destroy() {
    loggers.getTurboFilterList().remove(this);
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String message,
      Object @Nullable [] values,
      @Nullable Throwable failure) {
    // Without a message, the caller only asks whether it would be logged.
    if (message == null
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())
        || logger.getName().equals(log.getName())) {
      return FilterReply.NEUTRAL;
    }
    Minute now = now();
    Event event = new Event(logger.getName(), message);
    int lines = lines(failure);
    Count ofEvent = now.of(event);
    if (ofEvent.lines().getAndAdd(lines) >= settings.eventLinesMax()) {
      if (ofEvent.isFirstDrop() && !now.all().dropped().get()) {
        log.warn("dropping an event until the minute ends: too many lines of {}", event);
      }
      return FilterReply.DENY;
    }
    if (now.all().lines().getAndAdd(lines) >= settings.linesMax()) {
      if (now.all().isFirstDrop()) {
        log.warn("dropping all events until the minute ends: too many lines");
      }
      return FilterReply.DENY;
    }
    return FilterReply.NEUTRAL;
  }

  private static int lines(@Nullable Throwable failure) {
    int lines = 1;
    int causes = 0;
    for (Throwable cause = failure; cause != null && causes < 10; cause = cause.getCause()) {
      lines += 1 + cause.getStackTrace().length;
      causes++;
    }
    return lines;
  }

  private Minute now() {
    long number = TimeUnit.MILLISECONDS.toMinutes(clock.millis());
    Minute current = minute.get();
    if (current.number() == number) {
      return current;
    }
    Minute next = new Minute(number);
    return minute.compareAndSet(current, next) ? next : minute.get();
  }
}
