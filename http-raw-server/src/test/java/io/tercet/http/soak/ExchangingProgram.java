package io.tercet.http.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.program.Extension;
import io.tercet.http.program.Program;
import io.tercet.http.server.RunningServer;
import io.tercet.http.settings.Additions;
import io.tercet.http.settings.Settings;
import java.io.IOException;

/// The program with one more path on its management port: `POST /model?NAME` exchanges the model.
/// It answers with the name, or with 409 and the reason why that model cannot start now.
final class ExchangingProgram implements Extension {
  @Override
  public Additions additions() {
    return Additions.NONE;
  }

  @Override
  public Handler management(RunningServer server, Settings settings, Handler health) {
    return request ->
        request.path().equals("/model") ? exchanged(server, request) : health.handle(request);
  }

  private static Response exchanged(RunningServer server, Request request) {
    try {
      if (!server.model().equals(request.query())) {
        server.exchangeModel(request.query());
      }
      return Response.of(Status.OK, Fields.NONE, server.model().getBytes(UTF_8));
    } catch (IOException notNow) {
      return Response.of(
          Status.CONFLICT, Fields.NONE, String.valueOf(notNow.getMessage()).getBytes(UTF_8));
    }
  }

  /// Serves until the process is told to stop.
  public static void main(String[] args) throws InterruptedException {
    Program.run(args, new ExchangingProgram());
  }
}
