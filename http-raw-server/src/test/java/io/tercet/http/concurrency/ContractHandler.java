package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.handle.StaticFiles;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.posix.file.PosixFileTree;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What is served in the contract of the models: `/n/…` says its own path, `/fail` and `/break`
/// fail, `/meet/100` is answered when a hundred such requests are there, anything else is a file.
final class ContractHandler implements Handler {
  private static final String MEET = "/meet/";

  private final Handler files;
  private final Map<String, CountDownLatch> missing = new ConcurrentHashMap<>();

  ContractHandler(Path root) {
    files =
        new StaticFiles(
            new PosixFileTree(root),
            new ContentCache(ContentCache.Settings.DEFAULT, System::nanoTime),
            () -> "boundary",
            FileServingOptions.DEFAULT.ofSites());
  }

  static ServerContext protocol(Path root, ConnectionLimits deadlines, Observer observer) {
    return new ServerContext(
        new ContractHandler(root),
        RequestLimits.DEFAULT,
        deadlines,
        new HeadRenderer(new HttpDate(InstantSource.system())),
        observer,
        ConnectionLimiter.any(),
        new MemoryBudget(MemoryBudget.BYTES_MAX),
        null);
  }

  @Override
  public Response handle(Request request) {
    if (request.path().startsWith("/n/")) {
      return Response.of(Status.OK, Fields.NONE, request.path().getBytes(ISO_8859_1));
    }
    if (request.path().equals("/fail")) {
      throw new IllegalStateException("a secret");
    }
    if (request.path().equals("/break")) {
      throw new NoClassDefFoundError("a secret");
    }
    if (request.path().startsWith(MEET)) {
      meet(request.path());
      return Response.of(Status.OK, Fields.NONE, request.path().getBytes(ISO_8859_1));
    }
    return files.handle(request);
  }

  private void meet(String path) {
    int all = Integer.parseInt(path.substring(MEET.length()));
    CountDownLatch others = missing.computeIfAbsent(path, _ -> new CountDownLatch(all));
    others.countDown();
    try {
      if (!others.await(ServedModel.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(others.getCount() + " did not come to " + path);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
