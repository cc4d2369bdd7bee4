package io.tercet.http.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Asks file-service what is published.
///
/// - Bounds: 2 s to connect. A listing or a manifest: 8 MiB, and 5 s until its last byte, beyond
///   what a long poll waits. A blob: 5 s until its first byte and without another byte, and in all
///   5 s and a second for each 256 KiB.
/// - Errors: `IOException` when file-service is away, refuses, is late, or when its answer is too
///   long or cannot be understood.
///
/// Source: contracts/internal.md.
public final class FileService {
  private static final String AUDIENCE = "file-service";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /// Bytes of a listing or a manifest: 800 for each of the 10,000 files that a site may have.
  static final int TEXT_BYTES_MAX = 8 << 20;

  /// Bytes of a blob in each second on average; slower ones are given up.
  private static final long BLOB_BYTES_PER_SECOND_MIN = 256 * 1024;

  private final URI base;
  private final ServiceToken token;
  private final Duration answer;
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
    this(base, token, threads, ANSWER);
  }

  /// @param answer instead of 5 s
  FileService(URI base, ServiceToken token, Executor threads, Duration answer) {
    this.base = base;
    this.token = token;
    this.answer = answer;
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
    return understood(ask(path, wait.plus(answer)), SiteJson::listing);
  }

  /// What a version consists of.
  Manifest manifest(SiteVersion version) throws IOException, InterruptedException {
    String path = "/internal/sites/" + version.site() + "/versions/" + version.version();
    return understood(ask(path, answer), text -> new Manifest(version, SiteJson.files(text)));
  }

  /// The bytes of a file; the caller closes them.
  InputStream blob(Manifest.File file) throws IOException, InterruptedException {
    HttpRequest request = request("/internal/blobs/" + file.sha256()).timeout(answer).build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("file-service answers " + response.statusCode() + " for a blob");
    }
    long millis = answer.toMillis() + 1000 * (file.size() / BLOB_BYTES_PER_SECOND_MIN);
    return new DeadlineInputStream(
        response.body(), answer.toNanos(), TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /// The timeout of a request would end with the fields of its response, and not with the body.
  private String ask(String path, Duration whole) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> asked =
        http.sendAsync(
            request(path).build(), BodyHandlers.limiting(BodyHandlers.ofString(), TEXT_BYTES_MAX));
    try {
      HttpResponse<String> response = asked.get(whole.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("file-service answers " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("file-service is not done after " + whole.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException known ? known : new IOException(failed);
    } finally {
      // Ends the connection of whatever is not done.
      asked.cancel(true);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Bearer " + token.forService(AUDIENCE));
  }

  private static <T> T understood(String body, Function<String, T> reading) throws IOException {
    try {
      return reading.apply(body);
    } catch (IllegalArgumentException notUnderstood) {
      throw new IOException("file-service says what is not understood", notUnderstood);
    }
  }
}
