package io.tercet.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tercet.chat.history.Event;
import io.tercet.chat.history.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Replicas of which writers, lines, reads, hints and whole processes fail are one service,
/// whatever comes first. A seed gives the same steps each time: `TERCET_SEED` repeats one.
@Timeout(600)
class SimulationTest {

  private static final int SEEDS = 200;
  private static final int EXPLAINED = 3;

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.tercet.chat");
  private final Level before = logger.getLevel();

  /// Each fault would be a line, or a stack trace.
  @BeforeEach
  void sayNothing() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAgain() {
    logger.setLevel(before);
  }

  @Test
  void nothingIsLostOrTwiceOrOutOfOrder() {
    List<String> broken = new ArrayList<>();
    int heard = 0;
    int acknowledged = 0;
    int edited = 0;
    int deleted = 0;
    int marked = 0;
    int answers = 0;
    int kept = 0;
    for (long seed : seeds()) {
      Simulation simulation = new Simulation(seed);
      List<Violation> violations = simulation.run();
      List<Event> events = simulation.events();
      for (Event event : events) {
        heard += event instanceof Event.Heard ? 1 : 0;
        acknowledged += event instanceof Event.Acknowledged ? 1 : 0;
        edited += event instanceof Event.Edited ? 1 : 0;
        deleted += event instanceof Event.Deleted ? 1 : 0;
        marked += event instanceof Event.Marked ? 1 : 0;
        answers += event instanceof Event.ReadReplies read ? read.entries().size() : 0;
        kept += event instanceof Event.Kept ? 1 : 0;
      }
      if (!violations.isEmpty()) {
        broken.add("TERCET_SEED=" + seed + " repeats this: " + violations.size() + " violations");
        violations.stream().limit(EXPLAINED).forEach(each -> broken.add(each.explain(events)));
      }
    }
    System.out.printf(
        "%d acknowledged, %d edited, %d deleted, %d marked, %d answers read, %d heard, %d kept%n",
        acknowledged, edited, deleted, marked, answers, heard, kept);

    assertThat(broken).isEmpty();
    assertThat(acknowledged).isPositive();
    assertThat(heard).isGreaterThan(acknowledged);
    assertThat(List.of(edited, deleted, marked, answers, kept))
        .allSatisfy(count -> assertThat(count).isPositive());
  }

  @Test
  void aSeedGivesTheSameStepsEachTime() {
    Simulation first = new Simulation(7);
    first.run();
    Simulation second = new Simulation(7);
    second.run();

    assertThat(second.events()).isEqualTo(first.events());
  }

  private static List<Long> seeds() {
    String one = System.getenv("TERCET_SEED");
    if (one != null) {
      return List.of(Long.parseLong(one));
    }
    long first = RandomGenerator.getDefault().nextInt(1, 1_000_000);
    System.out.printf("seeds %d to %d%n", first, first + SEEDS - 1);
    return LongStream.range(first, first + SEEDS).boxed().toList();
  }
}
