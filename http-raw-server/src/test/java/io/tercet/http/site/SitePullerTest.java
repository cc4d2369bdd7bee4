package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.file.FileTree;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Sites come, change and go as file-service says, and stay when it does not say anything.
class SitePullerTest extends PulledSites {
  @Test
  void showsWhatIsPublished() throws IOException {
    fileService.publish("ada", Map.of("index.html", "hello", "a/b.txt", "deep"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 hello"));
    assertThat(get("ada", "/a/b.txt")).isEqualTo("200 deep");
    assertThat(get("ada", "/a").substring(0, 3)).isEqualTo("301");
    assertThat(get("ada", "/nothing")).startsWith("404");
    assertThat(get("bob", "/")).startsWith("404").contains("site-not-found");
    assertThat(get("no.site", "/")).startsWith("404");
  }

  @Test
  void servesWhatItHasAndAsksForNoNewsBeforeItIsStarted() throws IOException {
    fileService.publish("ada", Map.of("index.html", "hello"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 hello"));
    stop();
    // The last request of the one that ended may still be under way to its file-service.
    fileService.close();
    fileService = new FakeFileService();
    prepare();
    // The wait for a thread that has not been started ends at once; one that pulls would go on.
    puller.join();
    assertThat(get("ada", "/")).isEqualTo("200 hello");
    assertThat(fileService.requests).isEmpty();
  }

  @Test
  void switchesToTheNextVersion() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one", "old.txt", "old"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    fileService.publish("ada", Map.of("index.html", "two"));
    Eventually.isTrue(() -> get("ada", "/").equals("200 two"));
    assertThat(get("ada", "/old.txt")).startsWith("404");
    Eventually.isTrue(() -> blobs() == 1);
  }

  @Test
  void leavesNoOldVersionInMemory() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one", "late.txt", "late"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    WeakReference<FileTree> old = trees.getFirst();
    publishDuringARequest();
    fileService.unpublish("ada");
    Eventually.isTrue(() -> get("ada", "/").startsWith("404"));
    Eventually.isTrue(() -> {
      System.gc();
      return old.get() == null;
    });
    assertThat(cache.bytes()).as("what is kept of the old version").isPositive();
  }

  private void publishDuringARequest() {
    Handler old = puller.sites().find("ada").orElseThrow();
    fileService.publish("ada", Map.of("index.html", "two", "kept.txt", "late"));
    Eventually.isTrue(() -> get("ada", "/").equals("200 two"));
    assertThat(old.handle(Request.get("ada.pages.example:8080", "/late.txt")).status())
        .isEqualTo(Status.OK);
  }

  @Test
  void servesASitesOwnFormsAndErrorPage() throws IOException {
    Map<String, String> site =
        Map.of("index.html", "a long page", "index.html.br", "short", "404.html", "own words");
    fileService.publish("ada", site);
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 a long page"));
    // The dates of copies are those of fetching, and say nothing.
    try (Stream<Path> blobs = Files.walk(data.resolve("pages/blobs"))) {
      for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
        boolean isCoded = Files.readString(blob).equals("short");
        Files.setLastModifiedTime(blob, FileTime.fromMillis(isCoded ? 0 : 10_000_000));
      }
    }
    fileService.publish("bob", site);
    Eventually.isTrue(() -> get("bob", "/").equals("200 a long page"));
    Response coded = ask("bob", "/", "Accept-Encoding", "br");
    assertThat(coded.fields().first("content-encoding")).hasValue("br");
    assertThat(coded.fields().first("vary")).hasValue("Accept-Encoding");
    assertThat(coded.body().length()).isEqualTo(5);
    Response gone = ask("bob", "/gone", "Accept", "text/html");
    assertThat(gone.status()).isEqualTo(Status.NOT_FOUND);
    assertThat(gone.body().length()).isEqualTo("own words".length());
    assertThat(gone.fields().first("x-content-type-options")).hasValue("nosniff");
    assertThat(gone.fields().first("x-frame-options")).isEmpty();
  }

  @Test
  void takesDownWhatIsUnpublished() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    fileService.unpublish("ada");
    Eventually.isTrue(() -> get("ada", "/").startsWith("404"));
    Eventually.isTrue(() -> blobs() == 0);
  }

  @Test
  void keepsTheOldVersionWhileTheNewOneIsNotWhole() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    fileService.lies = true;
    fileService.publish("ada", Map.of("index.html", "two", "new.txt", "new"));
    String blob = "/internal/blobs/";
    Eventually.isTrue(
        () -> fileService.requests.stream().filter(each -> each.startsWith(blob)).count() >= 3);
    assertThat(get("ada", "/")).isEqualTo("200 one");
    assertThat(get("ada", "/new.txt")).startsWith("404");
    fileService.lies = false;
    Eventually.isTrue(() -> get("ada", "/").equals("200 two"));
  }

  @Test
  void takesNoContentThatWasCutOff() throws IOException {
    fileService.cutsOff = true;
    fileService.publish("ada", Map.of("index.html", "a page that is cut off in the middle"));
    start();
    Eventually.isTrue(
        () -> fileService.requests.stream().anyMatch(each -> each.startsWith("/internal/blobs/")));
    assertThat(get("ada", "/")).startsWith("503");
    fileService.cutsOff = false;
    Eventually.isTrue(() -> get("ada", "/").startsWith("200"));
  }

  @Test
  void oneBrokenSiteDoesNotKeepTheOthersBack() throws IOException {
    fileService.publish("ada", Map.of("../escape", "x"));
    fileService.publish("bob", Map.of("index.html", "fine"));
    start();
    Eventually.isTrue(() -> get("bob", "/").equals("200 fine"));
    assertThat(get("ada", "/")).startsWith("503");
  }

  @Test
  void servesWhatItHasWithFileServiceAway() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    stop();
    fileService.close();
    start();
    assertThat(get("ada", "/")).isEqualTo("200 one");
  }

  @Test
  void followsAgainWhenFileServiceComesBack() throws IOException {
    fileService.isAway = true;
    start();
    Eventually.isTrue(() -> !fileService.requests.isEmpty());
    fileService.publish("ada", Map.of("index.html", "back"));
    fileService.isAway = false;
    Eventually.isTrue(() -> get("ada", "/").equals("200 back"));
  }

  @Test
  void trustsNoVersionNumberOfAnotherStore() throws IOException {
    fileService.publish("ada", Map.of("index.html", "old store"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 old store"));
    stop();
    fileService.close();
    fileService = new FakeFileService();
    fileService.publish("ada", Map.of("index.html", "new store"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 new store"));
  }

  @Test
  void fetchesNothingAgainAfterARestart() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    stop();
    fileService.requests.clear();
    start();
    Eventually.isTrue(() ->
        fileService.requests.stream().filter(each -> each.startsWith("/internal/sites ")).count()
            >= 2);
    assertThat(fileService.requests).noneMatch(each -> each.startsWith("/internal/blobs/"));
  }

  /// What a path leads to now may have been fetched before what it led to until now.
  @Test
  void doesNotTakeAContentThatIsOlderForTheOneThatAVisitorHas() throws IOException {
    Instant first = Instant.parse("2026-01-02T03:04:05Z");
    clock.set(first);
    fileService.publish("ada", Map.of("index.html", "new", "old.html", "old"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 new"));
    String since = "If-Modified-Since";
    String date = "Fri, 02 Jan 2026 03:04:05 GMT";
    assertThat(get("ada", "/", since, date)).startsWith("304");
    clock.set(first.plusSeconds(1));
    fileService.publish("ada", Map.of("index.html", "old"));
    Eventually.isTrue(() -> get("ada", "/").equals("200 old"));
    assertThat(get("ada", "/", since, date)).isEqualTo("200 old");
  }

  @Test
  void servesNoVersionThatThereIsNoRoomForUntilThereIs() throws IOException {
    filesMax = 3;
    fileService.publish("ada", Map.of("index.html", "one", "a.html", "a"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    fileService.publish("bob", Map.of("index.html", "bob", "b.html", "b"));
    fileService.publish("ada", Map.of("index.html", "two", "a.html", "a", "b.html", "b"));
    Eventually.isTrue(() -> get("ada", "/").equals("200 two"));
    assertThat(get("bob", "/")).startsWith("503");
    fileService.publish("ada", Map.of("index.html", "3", "a", "a", "b", "b", "c", "c"));
    String third = "/internal/sites/ada/versions/3 ";
    Eventually.isTrue(() -> fileService.requests.stream().anyMatch(each -> each.startsWith(third)));
    assertThat(get("ada", "/")).isEqualTo("200 two");
    fileService.unpublish("ada");
    Eventually.isTrue(() -> get("bob", "/").equals("200 bob"));
  }

  @Test
  void servesWhatThereIsRoomForAfterARestart() throws IOException {
    fileService.publish("ada", Map.of("index.html", "ada"));
    fileService.publish("bob", Map.of("index.html", "bob"));
    start();
    Eventually.isTrue(() -> get("bob", "/").equals("200 bob"));
    stop();
    fileService.isAway = true;
    filesMax = 1;
    start();
    assertThat(List.of(get("ada", "/"), get("bob", "/")))
        .filteredOn(answer -> answer.startsWith("200"))
        .hasSize(1);
  }

  @Test
  void forgetsAStoreThatIsBroken() throws IOException {
    Files.createDirectories(data.resolve("pages/sites"));
    Files.writeString(data.resolve("pages/sites/ada"), "ada 1\nno manifest");
    start();
    Eventually.isTrue(() -> get("ada", "/").startsWith("404"));
    assertThat(data.resolve("pages/sites/ada")).doesNotExist();
  }

  @Test
  void fetchesASiteAgainWhoseManifestIsNoText() throws IOException {
    fileService.publish("ada", Map.of("index.html", "one"));
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
    stop();
    Files.write(data.resolve("pages/sites/ada"), new byte[] {(byte) 0xff});
    start();
    Eventually.isTrue(() -> get("ada", "/").equals("200 one"));
  }

  @Test
  void showsAServiceTokenThatIsSigned() throws IOException, GeneralSecurityException {
    start();
    Eventually.isTrue(() -> !fileService.requests.isEmpty());
    String token = fileService.requests.getFirst().split("Bearer ", 2)[1];
    String[] parts = token.split("\\.");
    assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8))
        .isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    Matcher claims =
        Pattern.compile("\\{\"iss\":\"http-raw-server\",\"aud\":\"file-service\",\"exp\":(\\d+)}")
            .matcher(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
    assertThat(claims.matches()).isTrue();
    long now = System.currentTimeMillis() / 1000;
    assertThat(Long.parseLong(claims.group(1))).isBetween(now, now + 60);
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(UTF_8);
    assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(hmac(SECRET, signed));
  }

  private static byte[] hmac(String secret, byte[] signed) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    return mac.doFinal(signed);
  }
}
