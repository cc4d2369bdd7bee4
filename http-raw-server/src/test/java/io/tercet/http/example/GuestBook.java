package io.tercet.http.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.HttpServer;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.io.IOException;
import java.util.ArrayDeque;

/// Another server on this one: `POST /` writes a line into a book, `GET /` reads the last hundred.
public final class GuestBook implements Handler {
  private static final Fields TEXT = Fields.of("Content-Type", "text/plain; charset=utf-8");
  private static final int LINES_MAX = 100;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  @Override
  public long bodyBytesMax(Request head) {
    return head.method().equals("POST") ? 200 : 0;
  }

  @Override
  public Response handle(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> Response.of(Status.OK, TEXT, read().getBytes(UTF_8));
      case "POST" -> {
        write(new String(request.body().bytes(), UTF_8));
        yield Response.empty(Status.NO_CONTENT, Fields.NONE);
      }
      default ->
          ProblemType.METHOD_NOT_ALLOWED.response(
              "GET or POST", Fields.of("Allow", "GET, HEAD, POST"));
    };
  }

  private synchronized void write(String line) {
    lines.add(line.replaceAll("\\R", " "));
    if (lines.size() > LINES_MAX) {
      lines.removeFirst();
    }
  }

  private synchronized String read() {
    return String.join("\n", lines);
  }

  /// Serves until it is interrupted.
  public static void main(String[] args) throws IOException, InterruptedException {
    try (HttpServer server = HttpServer.answering(new GuestBook()).port(8000).start()) {
      System.out.println("the book lies open at " + server.address());
      Thread.currentThread().join();
    }
  }
}
