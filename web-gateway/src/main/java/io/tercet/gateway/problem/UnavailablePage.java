package io.tercet.gateway.problem;

import java.nio.charset.StandardCharsets;

/// The page that a browser gets while http-raw-server is down: one sentence and the id of the
/// request, and it reloads itself.
/// It needs no script and no other file, because no service can serve one now.
final class UnavailablePage {

  private UnavailablePage() {}

  static byte[] of(String title, int retrySeconds, String requestId) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="refresh" content="%2$d">
    <title>Tercet</title>
    </head>
    <body>
    <h1>Tercet</h1>
    <p>%1$s. This page tries again by itself.</p>
    <p lang="zh-Hans">Tercet 的一部分暂时没有响应。本页会自动重试。</p>
    <p><small>%3$s</small></p>
    </body>
    </html>
    """
        .formatted(title, retrySeconds, requestId)
        .getBytes(StandardCharsets.UTF_8);
  }
}
