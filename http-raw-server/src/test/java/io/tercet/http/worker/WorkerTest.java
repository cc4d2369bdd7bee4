package io.tercet.http.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.connection.Observer;
import io.tercet.http.readiness.Listener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a worker does when it is told to.
@Timeout(60)
class WorkerTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Recorded model = new Recorded();

  @Test
  void servesOnlyWhenItIsOrderedTo() throws IOException {
    assertThat(worked("serve\nretire\nstop 20\n")).isTrue();
    assertThat(said.toString(US_ASCII)).startsWith("ready\n");
    assertThat(model.orders).containsExactly("start", "retire", "stop PT0.02S");
  }

  @Test
  void takesNoConnectionWhenItIsToldToEndBefore() throws IOException {
    assertThat(worked("stop 0\n")).isTrue();
    assertThat(model.orders).isEmpty();
  }

  @Test
  void takesNoConnectionWhenItsSupervisorIsGoneBefore() throws IOException {
    assertThat(worked("")).isTrue();
    assertThat(model.orders).isEmpty();
  }

  @Test
  void endsWithinASecondWhenItsSupervisorIsGone() throws IOException {
    model.finishes = false;
    assertThat(worked("serve\n")).isFalse();
    assertThat(model.orders).containsExactly("start", "stop PT1S");
  }

  private boolean worked(String orders) throws IOException {
    return Worker.run(
        model,
        new WorkerCounters(Observer.none()),
        new NoListener(),
        new ByteArrayInputStream(orders.getBytes(US_ASCII)),
        said);
  }

  /// Serves nobody, and writes down what it is told.
  private static final class Recorded implements ConcurrencyModel {
    private final List<String> orders = new ArrayList<>();
    private boolean finishes = true;

    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public void start(List<Listener> listeners) {
      orders.add("start");
    }

    @Override
    public void retire() {
      orders.add("retire");
    }

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public boolean stop(Duration drain) {
      orders.add("stop " + drain);
      return finishes;
    }
  }
}
