package io.tercet.launcher.aot;

import io.tercet.launcher.network.PlainHttp;
import java.io.IOException;
import java.util.List;

/// What people do first: they read the page, sign in, look round, and share a file.
///
/// @param port of web-gateway
record FirstVisit(int port) {

  private static final String HOST = "127.0.0.1";
  private static final int ROUNDS = 10;

  void perform() {
    String cookie = sessionCookie(ask("POST", "/api/session", "{\"name\":\"rehearsal\"}", ""));
    for (int round = 0; round < ROUNDS; round++) {
      String file = "/api/files/people/me/rehearsal-" + round + ".txt";
      ask("GET", "/", "", "");
      ask("GET", "/api/session", "", cookie);
      ask("GET", "/api/rooms", "", cookie);
      ask("PUT", file, "All the world is a stage.", cookie);
      ask("GET", file, "", cookie);
      ask("GET", "/api/files/people/me/", "", cookie);
    }
  }

  /// The head of the response; an error does not matter here.
  private List<String> ask(String method, String path, String body, String cookie) {
    String origin = HOST + ":" + port;
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    request.append("Host: ").append(origin).append("\r\n");
    request.append("Origin: http://").append(origin).append("\r\n");
    request.append("Connection: close\r\n");
    if (!cookie.isEmpty()) {
      request.append("Cookie: ").append(cookie).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Type: application/json\r\n");
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    request.append("\r\n").append(body);
    try {
      return PlainHttp.exchange(HOST, port, request.toString());
    } catch (IOException noAnswer) {
      return List.of();
    }
  }

  static String sessionCookie(List<String> head) {
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, "Set-Cookie: ", 0, 12))
        .map(line -> line.substring(12).replaceFirst(";.*", ""))
        .findFirst()
        .orElse("");
  }
}
