package io.tercet.http.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.Client;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every model follows every other one while clients come, stay and go: each request gets its own
/// answer, and no connection is cut or reset.
@Timeout(180)
class ModelSwapsTest {
  private static final int CLIENTS_PER_KIND = 3;
  private static final int REQUESTS_PER_CONNECTION = 20;

  @TempDir Path folder;
  private final AtomicLong requests = new AtomicLong();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;
  private ServerProcess server;

  @Test
  void loseNothingThroughEveryPairOfModels() throws Exception {
    List<String> models = everyPair();
    try (ServerProcess started =
        ServerProcess.start(folder, folder, models.getFirst(), "--handler=echo")) {
      server = started;
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS_PER_KIND; i++) {
        clients.add(Thread.ofVirtual().start(() -> keepVisiting(1)));
        clients.add(Thread.ofVirtual().start(() -> keepVisiting(REQUESTS_PER_CONNECTION)));
      }
      for (int i = 1; i < models.size() && failures.isEmpty(); i++) {
        swapInTheMiddleOfARequest(models.get(i - 1), models.get(i));
      }
      over = true;
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
      System.out.printf("%d swaps under %s requests%n", models.size() - 1, requests);
      server.stop();
      assertThat(server.said()).contains("stopped drained").doesNotContain("SEVERE", "\tat ");
    }
  }

  /// A connection that the model before has, and that is half through a request, goes on.
  private void swapInTheMiddleOfARequest(String before, String after) {
    String body = before + " then " + after;
    String request = post(body);
    int half = request.length() - body.length() / 2;
    try (Client old = new Client(server.port())) {
      old.say(request.substring(0, half));
      server.exchange(after);
      old.say(request.substring(half));
      assertThat(new String(old.hear(200), ISO_8859_1)).isEqualTo(body);
      visit(1, "after");
    } catch (IOException | RuntimeException | AssertionError failure) {
      failures.add(new AssertionError(body + ": " + failure, failure));
    }
  }

  private void keepVisiting(int times) {
    String name = Thread.currentThread().threadId() + " ";
    for (long number = 0; !over && failures.isEmpty(); number++) {
      try {
        visit(times, name + number + " ");
      } catch (IOException | RuntimeException | AssertionError failure) {
        failures.add(new AssertionError("up to " + times + " requests: " + failure, failure));
      }
    }
  }

  /// So many requests on one connection, or fewer if the server says that it closes.
  private void visit(int times, String name) throws IOException {
    try (Client visitor = new Client(server.port())) {
      boolean closes = false;
      for (int i = 0; i < times && !closes; i++) {
        String body = name + i;
        Client.Answer answer = visitor.say(post(body)).hear();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(body);
        closes = answer.isLast();
        requests.incrementAndGet();
      }
    }
  }

  private static String post(String body) {
    return "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body);
  }

  /// A walk through the models in which each follows each other one exactly once. Each model has as
  /// many ways out as in, so a walk that goes on until it is stuck ends where it began, and what is
  /// left over can be inserted (Hierholzer 1873).
  private static List<String> everyPair() {
    List<Deque<Integer>> ways = new ArrayList<>();
    int count = Settings.Model.values().length;
    for (int from = 0; from < count; from++) {
      ways.add(new ArrayDeque<>());
      for (int step = 1; step < count; step++) {
        ways.getLast().add((from + step) % count);
      }
    }
    Deque<Integer> stack = new ArrayDeque<>(List.of(0));
    List<String> walk = new ArrayList<>();
    while (!stack.isEmpty()) {
      Deque<Integer> onwards = ways.get(stack.peek());
      if (onwards.isEmpty()) {
        walk.addFirst(Settings.Model.values()[stack.pop()].word());
      } else {
        stack.push(onwards.pop());
      }
    }
    assertThat(walk).hasSize(count * (count - 1) + 1);
    return walk;
  }
}
