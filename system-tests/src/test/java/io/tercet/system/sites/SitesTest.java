package io.tercet.system.sites;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Caller;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A folder becomes a site.
@DrivesTheStack
class SitesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Stack stack;
  private final Person ada;
  private final String site = Fresh.name("loom");

  SitesTest(Stack stack) {
    this.stack = stack;
    this.ada = Person.registered(stack, "ada");
  }

  @Test
  void showsTheFolderToAnybody() {
    upload("index.html", "<h1>Woven</h1>");
    upload("style/site.css", "h1 { color: teal }");

    Answer published = publish();
    awaitPublished();

    assertThat(published.json().path("url").asString()).contains(site + ".");
    assertThat(visitor().get("/").text()).isEqualTo("<h1>Woven</h1>");
    assertThat(visitor().get("/style/site.css").header("Content-Type")).startsWith("text/css");
    assertThat(visitor().get("/nothing-here").status()).isEqualTo(404);
  }

  @Test
  void isTheOldSiteOrTheNewOneAndNeverHalfOfEach() {
    uploadVersion(1);
    publish();
    awaitPublished();
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Integer> one =
          CompletableFuture.supplyAsync(() -> readUntil(enough), readers);
      CompletableFuture<Integer> two =
          CompletableFuture.supplyAsync(() -> readUntil(enough), readers);
      try {
        for (int version = 2; version <= 4; version++) {
          uploadVersion(version);
          publish();
          awaitVersion(version);
        }
      } finally {
        enough.set(true);
      }

      assertThat(one.join()).isPositive();
      assertThat(two.join()).isPositive();
    }
  }

  /// Reads the two pages in turn: every one is whole, and none is older than the one before it.
  private int readUntil(AtomicBoolean enough) {
    int reads = 0;
    int newest = 0;
    while (!enough.get()) {
      for (String page : new String[] {"/", "/other.html"}) {
        Answer answer = visitor().get(page).expect(200);
        int version = Integer.parseInt(answer.text().substring(0, 1));
        assertThat(answer.text()).isEqualTo(page(version));
        assertThat(version).isGreaterThanOrEqualTo(newest);
        newest = version;
        reads++;
      }
    }
    return reads;
  }

  private void uploadVersion(int version) {
    upload("index.html", page(version));
    upload("other.html", page(version));
  }

  private static String page(int version) {
    return (version + " is the version of this page.\n").repeat(3_000);
  }

  private void awaitVersion(int version) {
    await()
        .atMost(PATIENCE)
        .until(() -> visitor().get("/other.html").text().startsWith("" + version));
  }

  @Test
  void isGoneWhenItIsTakenBack() {
    upload("index.html", "here today");
    publish();
    awaitPublished();

    ada.browser().delete("/api/sites/" + site).expect(204);

    await().atMost(PATIENCE).until(() -> visitor().get("/").status() == 404);
    assertThat(ada.browser().get("/api/sites").json().path("sites")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/session", "/api/rooms", "/api/files/people/me/", "/.well-known/jwks.json"})
  void reachesNothingButItsPages(String path) {
    upload("index.html", "pages only");
    publish();
    awaitPublished();

    Answer answer = visitor().with("Cookie", ada.cookie()).get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void cannotBeActedUponWithTheSessionOfItsReader() {
    assertThat(
            Caller.stranger(stack)
                .with("Cookie", ada.cookie())
                .with("Origin", "http://" + host())
                .post("/api/rooms", Map.of("name", Fresh.name("evil")))
                .outcome())
        .isEqualTo("403 foreign-origin");
  }

  @Test
  void belongsToWhoPublishedItFirst() {
    upload("index.html", "mine");
    publish();
    Person grace = Person.registered(stack, "grace");
    grace.browser().upload("/api/files/people/me/web/index.html", new byte[1]).expect(201);

    Answer taken = grace.browser().put("/api/sites/" + site, Map.of("folder", "people/me/web"));

    assertThat(taken.outcome()).isEqualTo("409 name-taken");
  }

  @Test
  void isNotForGuests() {
    Person guest = Person.guest(stack, "visitor");

    assertThat(guest.browser().put("/api/sites/" + site, Map.of("folder", "people/me/")).outcome())
        .isEqualTo("403 guests-not-allowed");
  }

  @Test
  void refusesASiteThatIsTooLargeAndSaysHowLargeItMayBe() {
    upload("index.html", "small enough");
    publish();
    awaitPublished();
    Random random = new Random(1);
    byte[] part = new byte[21 << 20];
    Answer answer;
    int parts = 0;
    do {
      random.nextBytes(part);
      ada.browser().upload("/api/files/people/me/web/part-" + parts, part).expect(201);
      answer = ada.browser().put("/api/sites/" + site, Map.of("folder", "people/me/web"));
      parts++;
    } while (answer.status() == 200 && parts < 12);

    assertThat(answer.outcome()).isEqualTo("413 site-too-large");
    assertThat(answer.json().path("bytes").asLong())
        .isGreaterThan((long) parts * part.length)
        .isGreaterThan(answer.json().path("bytesMax").asLong());
    assertThat(answer.json().path("bytesMax").asLong()).isPositive();
    assertThat(visitor().get("/").text()).isEqualTo("small enough");
    assertThat(visitor().get("/part-" + (parts - 1)).status()).isEqualTo(404);
  }

  private void upload(String path, String text) {
    ada.browser().upload("/api/files/people/me/web/" + path, text.getBytes(UTF_8)).expect(200, 201);
  }

  private Answer publish() {
    return ada.browser()
        .put("/api/sites/" + site, Map.of("folder", "people/me/web"))
        .expect(200, 201);
  }

  private void awaitPublished() {
    await().atMost(PATIENCE).until(() -> visitor().get("/").status() == 200);
  }

  private Caller visitor() {
    return Caller.stranger(stack).with("Host", host());
  }

  private String host() {
    return site + ".pages.localhost:" + stack.port();
  }
}
