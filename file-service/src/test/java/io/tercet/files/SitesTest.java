package io.tercet.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Publishing, through the API of people and the API of http-raw-server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SitesTest {
  private static final byte[] NONE = new byte[0];
  private static final String WEB = "/api/files/people/me/web/";

  /// More files than the sites of the other tests have together.
  private static final int ALL_FILES_MAX = 60;

  /// More names than ada has in all tests together.
  private static final int NAMES_MAX = 40;

  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.site.files-max=5",
            "--tercet.files.site.names-max=" + NAMES_MAX,
            "--tercet.files.site.all-files-max=" + ALL_FILES_MAX);
    ada = chat.person("ada");
    service.put(ada, WEB + "index.html", "<p>one");
    service.put(ada, WEB + "style/main.css", "p {}");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  private Answer publish(Person person, String site, String folder) throws Exception {
    return service.json(
        person, "PUT", "/api/sites/" + site, "{\"folder\":\"%s\"}".formatted(folder));
  }

  private Answer internal(String path) throws Exception {
    return service.sendAs("GET", "/internal" + path, NONE, "Authorization", "Bearer " + token(50));
  }

  private static String token(int seconds) throws Exception {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("http-raw-server")
            .audience("file-service")
            .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(ChatStub.SECRET));
    return token.serialize();
  }

  private JsonNode files(String site, int version) throws Exception {
    return internal("/sites/" + site + "/versions/" + version).json().get("files");
  }

  @Test
  void publishesAFolderAsItIsNow() throws Exception {
    Answer published = publish(ada, "now", "people/me/web");

    assertThat(published.status()).isEqualTo(201);
    assertThat(published.json().get("site").asString()).isEqualTo("now");
    assertThat(published.json().get("url").asString())
        .isEqualTo("http://now.pages.localhost:8080/");
    assertThat(published.json().get("folder").asString()).isEqualTo("people/me/web");
    assertThat(published.json().get("version").asInt()).isEqualTo(1);
    assertThat(service.get(ada, "/api/sites").json().get("sites").valueStream())
        .contains(published.json());
    JsonNode files = files("now", 1);
    assertThat(files.valueStream().map(file -> file.get("path").asString()))
        .containsExactly("index.html", "style/main.css");
    assertThat(internal("/blobs/" + files.get(0).get("sha256").asString()).text())
        .isEqualTo("<p>one");
  }

  @Test
  void givesNoNameThatLooksLikeOneThatIsTaken() throws Exception {
    Person grace = chat.person("grace");
    service.put(grace, WEB + "index.html", "<p>grace");
    assertThat(publish(ada, "modern-1", "people/me/web").status()).isEqualTo(201);

    Answer refused = publish(grace, "modem-l", "people/me/web");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("type").asString())
        .isEqualTo("urn:tercet:problem:name-resembles");
    assertThat(refused.json().get("resembles").asString()).isEqualTo("modern-1");
    assertThat(publish(grace, "xn--80ak6aa92e", "people/me/web").status()).isEqualTo(400);
    assertThat(publish(ada, "modern-1", "people/me/web").json().get("version").asInt())
        .isEqualTo(2);
    service.delete(ada, "/api/sites/modern-1");
    assertThat(publish(grace, "modem-1", "people/me/web").status()).isEqualTo(409);
  }

  @Test
  void neverChangesAVersion() throws Exception {
    service.put(ada, "/api/files/people/me/blog/index.html", "old");
    publish(ada, "blog", "people/me/blog");
    String before = files("blog", 1).toString();
    service.put(ada, "/api/files/people/me/blog/index.html", "new");
    service.put(ada, "/api/files/people/me/blog/more.html", "more");
    assertThat(files("blog", 1).toString()).isEqualTo(before);

    Answer again = publish(ada, "blog", "people/me/blog");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("version").asInt()).isEqualTo(2);
    assertThat(files("blog", 1).toString()).isEqualTo(before);
    assertThat(files("blog", 2)).hasSize(2);
    publish(ada, "blog", "people/me/blog");
    assertThat(internal("/sites/blog/versions/1").problem()).isEqualTo("404 site-not-found");
  }

  @Test
  void keepsWhatIsPublishedWhenTheFolderIsDeleted() throws Exception {
    String text = "kept " + UUID.randomUUID();
    service.put(ada, "/api/files/people/me/gone/index.html", text);
    publish(ada, "kept", "people/me/gone");
    String sha256 = files("kept", 1).get(0).get("sha256").asString();

    service.delete(ada, "/api/files/people/me/gone/");
    assertThat(internal("/blobs/" + sha256).text()).isEqualTo(text);

    assertThat(service.delete(ada, "/api/sites/kept").status()).isEqualTo(204);
    assertThat(internal("/blobs/" + sha256).problem()).isEqualTo("404 file-not-found");
    assertThat(service.delete(ada, "/api/sites/kept").problem()).isEqualTo("404 site-not-found");
  }

  @Test
  void tellsWhoWaitsOfAChangeAtOnce() throws Exception {
    long revision = internal("/sites").json().get("revision").asLong();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return internal("/sites?after=" + revision + "&wait=20");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });

    publish(ada, "awaited", "people/me/web");

    JsonNode changes = waiting.get(60, TimeUnit.SECONDS).json();
    assertThat(changes.get("revision").asLong()).isGreaterThan(revision);
    assertThat(changes.get("sites").valueStream().map(site -> site.get("site").asString()))
        .contains("awaited");
    assertThat(internal("/sites?after=" + changes.get("revision") + "&wait=0").status())
        .isEqualTo(200);
  }

  @Test
  void refusesWhatCannotBePublished() throws Exception {
    Person guest = new Person(UUID.randomUUID(), "visitor", true);
    service.put(ada, "/api/files/people/me/bare/page.html", "x");
    for (int i = 0; i < 6; i++) {
      service.put(ada, "/api/files/people/me/much/" + i, "x");
    }

    assertThat(publish(guest, "guests", "people/me").problem()).isEqualTo("403 guests-not-allowed");
    assertThat(publish(ada, "bare", "people/me/bare").problem()).isEqualTo("400 invalid-request");
    assertThat(publish(ada, "much", "people/me/much").problem()).isEqualTo("413 too-large");
    assertThat(publish(ada, "none", "people/me/none").problem()).isEqualTo("404 file-not-found");
    assertThat(publish(ada, "room", "rooms/" + UUID.randomUUID()).problem())
        .isEqualTo("404 room-not-found");
    assertThat(service.json(ada, "PUT", "/api/sites/x", "{}").problem())
        .isEqualTo("400 invalid-request");
  }

  @Test
  void refusesASiteForWhoseFilesThereIsNoRoomUntilAnotherIsTakenDown() throws Exception {
    for (String name : List.of("index.html", "1", "2", "3", "4")) {
      service.put(ada, "/api/files/people/me/five/" + name, "x");
    }
    int published = 0;
    Answer last = publish(ada, "five0", "people/me/five");
    while (last.status() == 201 && published <= ALL_FILES_MAX / 5) {
      published++;
      last = publish(ada, "five" + published, "people/me/five");
    }
    assertThat(last.problem()).isEqualTo("413 too-large");
    assertThat(last.text()).contains("may have 60 files").contains("take one down.");
    assertThat(publish(ada, "five0", "people/me/five").status()).isEqualTo(200);

    assertThat(service.delete(ada, "/api/sites/five0").status()).isEqualTo(204);
    assertThat(publish(ada, "five" + published, "people/me/five").status()).isEqualTo(201);

    for (int i = 1; i <= published; i++) {
      assertThat(service.delete(ada, "/api/sites/five" + i).status()).isEqualTo(204);
    }
  }

  @Test
  void refusesMoreNamesThanAPersonMayHave() throws Exception {
    Person linus = chat.person("linus");
    service.put(linus, WEB + "index.html", "x");
    for (int i = 0; i < NAMES_MAX; i++) {
      assertThat(publish(linus, "name-" + i, "people/me/web").status()).isEqualTo(201);
      service.delete(linus, "/api/sites/name-" + i);
    }

    assertThat(publish(linus, "one-more", "people/me/web").problem()).isEqualTo("413 too-large");
    assertThat(publish(linus, "name-0", "people/me/web").status()).isEqualTo(201);

    service.delete(linus, "/api/sites/name-0");
  }

  @Test
  void keepsANameForItsFirstOwner() throws Exception {
    Person grace = chat.person("grace");
    service.put(grace, WEB + "index.html", "x");
    publish(ada, "mine", "people/me/web");

    assertThat(publish(grace, "mine", "people/me/web").problem()).isEqualTo("409 name-taken");
    assertThat(service.delete(grace, "/api/sites/mine").problem()).isEqualTo("404 site-not-found");
    service.delete(ada, "/api/sites/mine");
    assertThat(publish(grace, "mine", "people/me/web").problem()).isEqualTo("409 name-taken");
    assertThat(publish(ada, "mine", "people/me/web").json().get("version").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a-", "A", "a.b", "a_b", "%C3%A9"})
  void refusesANameThatIsNoDnsLabel(String name) throws Exception {
    assertThat(publish(ada, name, "people/me/web").problem()).isEqualTo("400 invalid-name");
    assertThat(publish(ada, "a".repeat(64), "people/me/web").problem())
        .isEqualTo("400 invalid-name");
  }

  @Test
  void opensInternalPathsToServicesOnly() throws Exception {
    String longLived = token(600);

    assertThat(service.sendAs("GET", "/internal/sites", NONE).problem())
        .isEqualTo("401 unauthenticated");
    assertThat(
            service
                .sendAs("GET", "/internal/sites", NONE, "Authorization", "Bearer " + longLived)
                .problem())
        .isEqualTo("401 unauthenticated");
    assertThat(
            service
                .sendAs("GET", "/api/sites", NONE, "Authorization", "Bearer " + token(50))
                .problem())
        .isEqualTo("401 unauthenticated");
    assertThat(internal("/blobs/" + "0".repeat(64)).problem()).isEqualTo("404 file-not-found");
    assertThat(internal("/blobs/x").problem()).isEqualTo("404 file-not-found");
  }
}
