package io.tercet.system.stack;

import static java.net.http.HttpResponse.BodyHandlers.discarding;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/// Asks from outside whether the stack answers.
final class FrontDoor {

  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(10);

  private final URI origin;

  FrontDoor(URI origin) {
    this.origin = origin;
  }

  /// Waits until the page is served and every service behind the door answers, or `ended` is true.
  void awaitOpen(BooleanSupplier ended) {
    Awaitility.await("the front door at " + origin)
        .atMost(PATIENCE)
        .until(() -> ended.getAsBoolean() || isOpen());
  }

  void awaitAnswering(Service service) {
    Awaitility.await(service.folder() + " behind " + origin)
        .atMost(PATIENCE)
        .until(() -> answers(service));
  }

  private boolean isOpen() {
    return status("/") == 200 && answers(Service.CHAT) && answers(Service.FILES);
  }

  private boolean answers(Service service) {
    return status(service.probe()) == 401;
  }

  private int status(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(ONE_ANSWER).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
