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
/// The name of whoever signed in is never known here, hence `- -`. Bytes that are not printable
/// ASCII are written `\xNN`. A request whose line could not be read is `"-"`.
final class CombinedLines implements LineFormat {
  private static final String BYTE = "\\x";

  private final Seconds seconds = new Seconds("dd/MMM/yyyy:HH:mm:ss +0000");
  private final Addresses addresses = new Addresses();

  @Override
  public void append(Entry entry, long millis, Text text) {
    text.add(addresses.of(entry.client().address()));
    text.add(" - - [").add(seconds.of(millis)).add("] \"");
    Request request = entry.request();
    if (request == null) {
      text.add("-");
    } else {
      text.addTheirs(request.method(), BYTE).add(" ");
      text.addTheirs(LineFormat.target(request), BYTE).add(" ");
      text.add(LineFormat.version(request));
    }
    text.add("\" ").add(entry.status().code()).add(" ").add(entry.bodyBytes());
    Headers headers = request == null ? Headers.none() : request.headers();
    field(headers, "referer", text);
    field(headers, "user-agent", text);
    text.add("\n");
  }

  private static void field(Headers headers, String name, Text text) {
    int field = headers.indexOf(name, 0);
    if (field < 0) {
      text.add(" \"-\"");
    } else {
      text.add(" \"").addTheirs(headers, field, BYTE).add("\"");
    }
  }
}
