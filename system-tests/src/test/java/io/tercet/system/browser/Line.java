package io.tercet.system.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;

/// The WebSocket between a page and the server, which a test cuts, or lets fall silent.
///
/// - Threading: as Playwright.
final class Line {

  private final List<WebSocketRoute> open = new ArrayList<>();
  private boolean isCut;
  private boolean isSilent;

  /// Takes over the line of a page that has none yet.
  static Line of(Page page) {
    Line line = new Line();
    page.routeWebSocket("**/api/socket", line::open);
    return line;
  }

  private void open(WebSocketRoute socket) {
    if (isCut) {
      socket.close();
      return;
    }
    open.add(socket);
    WebSocketRoute server = socket.connectToServer();
    server.onMessage(frame -> {
      if (!isSilent) {
        socket.send(frame.text());
      }
    });
  }

  /// Cuts it; the page finds no other until [#mend].
  void cut() {
    isCut = true;
    open.forEach(WebSocketRoute::close);
    open.clear();
  }

  void mend() {
    isCut = false;
  }

  /// Nothing of the server arrives any more, and nobody is told.
  void fallSilent() {
    isSilent = true;
  }

  void speakAgain() {
    isSilent = false;
  }
}
