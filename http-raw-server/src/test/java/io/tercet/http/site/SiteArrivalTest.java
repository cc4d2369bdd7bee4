package io.tercet.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A site that is published is never said not to exist: until it is here, it is 503.
class SiteArrivalTest extends PulledSites {

  /// What may keep file-service from telling what is published.
  private enum Fault {
    AWAY(fake -> fake.isAway = true, fake -> fake.isAway = false),
    GARBAGE(fake -> fake.saysGarbage = true, fake -> fake.saysGarbage = false),
    HANGS_UP(fake -> fake.hangsUp = true, fake -> fake.hangsUp = false),
    SLOW(fake -> fake.listGate = new CountDownLatch(1), fake -> fake.listGate.countDown());

    private final Consumer<FakeFileService> begin;
    private final Consumer<FakeFileService> end;

    Fault(Consumer<FakeFileService> begin, Consumer<FakeFileService> end) {
      this.begin = begin;
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void anUnknownSiteIsAwaitedUntilTheListIsRead(Fault fault) throws IOException {
    fileService.publish("ada", Map.of("index.html", "late"));
    fault.begin.accept(fileService);
    start();
    assertIsAwaited("ada");
    Eventually.isTrue(() -> !fileService.requests.isEmpty());
    assertIsAwaited("ada");
    assertIsAwaited("nobody");
    assertThat(get("no.site", "/")).as("no name of a site").startsWith("404");
    assertThat(puller.sites().isListRead()).isFalse();

    fault.end.accept(fileService);

    Eventually.isTrue(() -> get("ada", "/").equals("200 late"));
    assertThat(get("nobody", "/")).startsWith("404").contains("site-not-found");
    assertThat(puller.sites().isListRead()).isTrue();
  }

  @Test
  void aListedSiteIsAwaitedUntilItsContentsAreHere() throws IOException {
    fileService.publish("ada", Map.of("index.html", "late"));
    fileService.blobGate = new CountDownLatch(1);
    start();
    Eventually.isTrue(() -> get("nobody", "/").startsWith("404"));
    assertIsAwaited("ada");
    assertThat(puller.pendingCount()).isOne();

    fileService.blobGate.countDown();

    Eventually.isTrue(() -> get("ada", "/").equals("200 late"));
    Eventually.isTrue(() -> puller.pendingCount() == 0);
  }

  @Test
  void aSiteThatWasHereBeforeIsServedAtOnceAndAnyOtherIsAwaited() throws IOException {
    fileService.publish("ada", Map.of("index.html", "kept"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 kept"));
    stop();
    fileService.publish("bob", Map.of("index.html", "new"));
    fileService.isAway = true;
    start();
    assertThat(get("ada", "/")).isEqualTo("200 kept");
    assertIsAwaited("bob");
  }

  @Test
  void aSiteThatWasTakenDownBeforeTheListWasReadDoesNotComeBack() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one"));
    fileService.publish("bob", Map.of("index.html", "one"));
    start();
    Eventually.isTrue(() -> get("bob", "/").equals("200 one"));
    stop();
    fileService.unpublish("ada");
    filesMax = 1;
    start();
    Eventually.isTrue(() -> get("ada", "/").startsWith("404"));
    stop();
    fileService.isAway = true;
    filesMax = 2;
    start();
    assertIsAwaited("ada");
  }

  @Test
  void aSiteThatFailsKeepsNoOtherBackAndIsNotAskedForAllTheTime() throws IOException {
    fileService.publish("ada", Map.of("../escape", "x"));
    start();
    Eventually.isTrue(() -> asked("/internal/sites/ada/versions/1 ") > 0);
    for (int i = 1; i <= 50; i++) {
      String text = "version " + i;
      fileService.publish("bob", Map.of("index.html", text));
      Eventually.isTrue(() -> get("bob", "/").equals("200 " + text));
    }
    assertIsAwaited("ada");
    assertThat(asked("/internal/sites/ada/versions/1 ")).isLessThan(25);
    fileService.publish("ada", Map.of("index.html", "mended"));
    Eventually.isTrue(() -> get("ada", "/").equals("200 mended"));
  }

  /// Publications, faults and restarts in any order: what is published all the time since the
  /// server started is never 404, and what was never published is never 200.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noScheduleMakesAPublishedSiteDisappear(long seed) throws IOException {
    Random random = new Random(seed);
    Set<String> published = new TreeSet<>();
    start();
    Set<String> publishedSinceStart = new TreeSet<>();
    Fault fault = null;
    for (int step = 0; step < 30; step++) {
      String site = "site-" + random.nextInt(4);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          fileService.publish(site, Map.of("index.html", site + " " + step));
          published.add(site);
        }
        case 2 -> {
          if (published.remove(site)) {
            fileService.unpublish(site);
          }
          publishedSinceStart.remove(site);
        }
        case 3 -> {
          if (fault == null) {
            fault = Fault.values()[random.nextInt(Fault.values().length)];
            fault.begin.accept(fileService);
          } else {
            fault.end.accept(fileService);
            fault = null;
          }
        }
        default -> {
          stop();
          start();
          publishedSinceStart = new TreeSet<>(published);
        }
      }
      for (String each : publishedSinceStart) {
        assertThat(get(each, "/")).as("%s at step %d", each, step).doesNotStartWith("404");
      }
      assertThat(get("never", "/")).doesNotStartWith("200");
    }
    if (fault != null) {
      fault.end.accept(fileService);
    }
    for (int i = 0; i < 4; i++) {
      String site = "site-" + i;
      String status = published.contains(site) ? "200 " + site : "404";
      Eventually.isTrue(() -> get(site, "/").startsWith(status));
    }
  }

  private long asked(String path) {
    return fileService.requests.stream().filter(each -> each.startsWith(path)).count();
  }

  private void assertIsAwaited(String site) {
    Response answer = ask(site, "/", "Accept", "application/problem+json");
    assertThat(answer.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
    assertThat(answer.fields().first("retry-after")).hasValue("2");
    assertThat(answer.fields().first("cache-control")).hasValue("no-store");
    assertThat(get(site, "/")).contains("urn:tercet:problem:service-unavailable");
    Response page = ask(site, "/", "Accept", "text/html");
    assertThat(page.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
    assertThat(page.fields().first("retry-after")).hasValue("2");
    assertThat(page.fields().first("cache-control")).hasValue("no-store");
    assertThat(page.fields().first("content-type")).hasValue("text/html; charset=utf-8");
  }
}
