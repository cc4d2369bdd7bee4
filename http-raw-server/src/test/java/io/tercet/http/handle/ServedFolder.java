package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.message.Body;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A folder of files as they are served, without a wire, by a clock that moves when it is told to.
abstract class ServedFolder {
  static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  @TempDir Path folder;
  Path root;
  final AtomicLong nanos = new AtomicLong();
  ContentCache cache;
  StaticFiles files;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    write("index.html", "home");
    write("letters.txt", LETTERS);
    write("docs/index.html", "docs");
    write("assets/index-BxY3k9Zq.js", "hashed");
    write("assets/logo.svg", "<svg/>");
    Files.writeString(folder.resolve("outside.txt"), "outside");
    ContentCache.Settings small = new ContentCache.Settings(1000, 2000, 1_000_000_000L);
    cache = new ContentCache(small, nanos::get);
    files =
        new StaticFiles(new PosixFileTree(root), cache, () -> "line", FileServingOptions.DEFAULT);
  }

  void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  Response get(String path, String... namesAndValues) {
    List<String> headers = new ArrayList<>(List.of("Host", "h"));
    headers.addAll(List.of(namesAndValues));
    return files.handle(Request.get("h", path, headers.toArray(String[]::new)));
  }

  static String body(Response response) {
    return switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> new String(bytes, UTF_8);
      case Body.OfFile(var file, var pieces) -> {
        StringBuilder text = new StringBuilder();
        for (Body.Piece piece : pieces) {
          switch (piece) {
            case Body.Text(byte[] bytes) -> text.append(new String(bytes, UTF_8));
            case Body.Region(long position, long length) -> {
              byte[] bytes = new byte[(int) length];
              try {
                file.read(position, bytes, 0, bytes.length);
              } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
              }
              text.append(new String(bytes, UTF_8));
            }
          }
        }
        yield text.toString();
      }
    };
  }
}
