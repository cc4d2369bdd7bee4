package io.tercet.http.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Asks file-service what is published.
///
/// - Bounds: 2 s to connect, 5 s to answer beyond what a long poll waits.
/// - Errors: `IOException` when it is away, says no, or says what cannot be understood.
///
/// Source: contracts/internal.md.
public final class FileService {
  private static final String AUDIENCE = "file-service";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final URI base;
  private final ServiceToken token;
  private final HttpClient http;

  /// All that is published.
  ///
  /// @param revision counts up with each change
  record Listing(long revision, List<SiteVersion> sites) {
    Listing {
      sites = List.copyOf(sites);
    }
  }

  /// @param threads for the client's own work
  public FileService(URI base, ServiceToken token, Executor threads) {
    this.base = base;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();
  }

  /// What is published, as soon as that is newer than `after`, or when `wait` is over.
  Listing sites(long after, Duration wait) throws IOException, InterruptedException {
    String path = "/internal/sites?after=" + after + "&wait=" + wait.toSeconds();
    return understood(
        ask(path, wait.plus(ANSWER)),
        json ->
            new Listing(
                Json.number(json.get("revision")),
                Json.elements(json.get("sites")).stream().map(FileService::siteVersion).toList()));
  }

  /// What a version consists of.
  Manifest manifest(SiteVersion version) throws IOException, InterruptedException {
    String path = "/internal/sites/" + version.site() + "/versions/" + version.version();
    return understood(
        ask(path, ANSWER),
        json ->
            new Manifest(
                version,
                Json.elements(json.get("files")).stream().map(FileService::file).toList()));
  }

  /// The bytes of a file; the caller closes them.
  InputStream blob(String sha256) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(request("/internal/blobs/" + sha256, ANSWER), BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("file-service answers " + response.statusCode() + " for a blob");
    }
    return response.body();
  }

  private String ask(String path, Duration timeout) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request(path, timeout), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("file-service answers " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest request(String path, Duration timeout) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(timeout)
        .header("Authorization", "Bearer " + token.forService(AUDIENCE))
        .build();
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(Map<String, @Nullable Object> json);
  }

  private static <T> T understood(String body, Reading<T> reading) throws IOException {
    try {
      return reading.read(Json.object(body));
    } catch (IllegalArgumentException notUnderstood) {
      throw new IOException("file-service says what is not understood", notUnderstood);
    }
  }

  private static SiteVersion siteVersion(@Nullable Object element) {
    Map<String, @Nullable Object> json = Json.members(element);
    return new SiteVersion(Json.text(json.get("site")), Json.number(json.get("version")));
  }

  private static Manifest.File file(@Nullable Object element) {
    Map<String, @Nullable Object> json = Json.members(element);
    return new Manifest.File(
        Json.text(json.get("path")), Json.number(json.get("size")), Json.text(json.get("sha256")));
  }
}
