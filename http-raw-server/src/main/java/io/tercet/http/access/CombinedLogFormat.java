package io.tercet.http.access;

import io.tercet.http.connection.AccessLog.Entry;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;

/// The combined format, which every tool that reads access logs knows:
///
/// ```
/// 192.0.2.1 - - [24/Nov/2026:21:24:16 +0000] "GET / HTTP/1.1" 200 5 "referer" "user agent"
/// ```
///
/// The server never knows the name of the person who signed in, hence `- -`. Bytes that are not
/// printable ASCII are written `\xNN`. A request whose line could not be read is `"-"`.
final class CombinedLogFormat implements LogFormat {
  private static final String BYTE = "\\x";

  private final CachedTimestamp seconds = new CachedTimestamp("dd/MMM/yyyy:HH:mm:ss +0000");
  private final CachedAddressText addresses = new CachedAddressText();

  @Override
  public void append(Entry entry, long millis, LineBuffer text) {
    text.add(addresses.of(entry.client().address()));
    text.add(" - - [").add(seconds.of(millis)).add("] \"");
    Request request = entry.request();
    if (request == null) {
      text.add("-");
    } else {
      text.addEscaped(request.method(), BYTE).add(" ");
      text.addEscaped(LogFormat.target(request), BYTE).add(" ");
      text.add(LogFormat.version(request));
    }
    text.add("\" ").add(entry.status().code()).add(" ").add(entry.bodyBytes());
    Headers headers = request == null ? Headers.none() : request.headers();
    field(headers, "referer", text);
    field(headers, "user-agent", text);
    text.add("\n");
  }

  private static void field(Headers headers, String name, LineBuffer text) {
    int field = headers.indexOf(name, 0);
    if (field < 0) {
      text.add(" \"-\"");
    } else {
      text.add(" \"").addEscaped(headers, field, BYTE).add("\"");
    }
  }
}
