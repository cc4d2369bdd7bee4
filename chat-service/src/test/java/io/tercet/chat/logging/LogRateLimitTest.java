package io.tercet.chat.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogRateLimitTest {

  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final LoggerContext loggers = new LoggerContext();
  private final Logger logger = loggers.getLogger("a.logger");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final LogRateLimit limit = new LogRateLimit(new LogSettings(5, 20), () -> now, loggers);

  @BeforeEach
  void limit() {
    written.start();
    loggers.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
    logger.setLevel(Level.INFO);
    limit.afterPropertiesSet();
  }

  @Test
  void dropsAnEventThatIsRepeatedAndSaysSoOnce() {
    for (int i = 0; i < 1000; i++) {
      logger.info("client {} left", i);
    }

    assertThat(written.list).hasSize(6);
    assertThat(written.list.getLast().getFormattedMessage()).contains("a.logger", "client {} left");
  }

  @Test
  void writesOtherEvents() {
    for (int i = 0; i < 1000; i++) {
      logger.info("client {} left", i);
    }
    logger.info("something else");

    assertThat(written.list.getLast().getMessage()).isEqualTo("something else");
  }

  @Test
  void writesTheEventAgainInTheNextMinute() {
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 0; i < 1000; i++) {
        logger.info("again");
      }
      now = now.plusSeconds(60);
    }

    assertThat(written.list).hasSize(18);
  }

  @Test
  void countsTheLinesOfAStackTrace() {
    for (int i = 0; i < 1000; i++) {
      logger.error("failed", new IllegalStateException("a trace of more than five lines"));
    }

    assertThat(written.list).hasSize(2);
  }

  @Test
  void boundsAllEventsTogether() {
    for (int i = 0; i < 1000; i++) {
      logger.info("event " + i);
    }

    assertThat(written.list).hasSize(21);
  }

  @Test
  void boundsAllEventsTogetherWhenEachIsRepeated() {
    for (int i = 0; i < 100_000; i++) {
      logger.info("event " + i / 100);
    }

    assertThat(written.list).hasSizeLessThanOrEqualTo(26);
  }

  @Test
  void doesNotCountWhatNobodyLogs() {
    for (int i = 0; i < 1000; i++) {
      logger.debug("quiet");
    }
    logger.setLevel(Level.DEBUG);
    logger.debug("quiet");

    assertThat(written.list).hasSize(1);
  }

  @Test
  void needsBoundsThatFitEachOther() {
    assertThatThrownBy(() -> new LogSettings(0, 10)).hasMessageContaining("event-lines-max");
    assertThatThrownBy(() -> new LogSettings(11, 10)).hasMessageContaining("lines-max");
  }

  @Test
  void endsWithItsService() {
    limit.destroy();
    for (int i = 0; i < 100; i++) {
      logger.info("again");
    }

    assertThat(written.list).hasSize(100);
  }
}
