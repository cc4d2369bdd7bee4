package io.tercet.chat.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The endpoint at which gateways hear of ended sessions.
@RestController
class EndedSessionsController {

  private final EndedSessionStreams ended;

  EndedSessionsController(EndedSessionStreams ended) {
    this.ended = ended;
  }

  @GetMapping("/internal/sessions/ended")
  void ended(HttpServletResponse response) throws IOException {
    response.setContentType("application/x-ndjson");
    ended.stream(response.getOutputStream());
  }
}
