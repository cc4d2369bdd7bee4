package io.tercet.http.access;

import io.tercet.http.connection.AccessLog.Entry;
import io.tercet.http.message.Request;
import org.jspecify.annotations.Nullable;

/// The combined format, which every tool that reads access logs knows:
///
/// ```
/// 192.0.2.1 - - [24/Nov/2026:21:24:16 +0000] "GET / HTTP/1.1" 200 5 "referer" "user agent"
/// ```
///
/// The name of whoever signed in is never known here, hence `- -`. Bytes that are not printable
/// ASCII are written `\xNN`. A request that could not be read is `"-"`.
final class CombinedLines implements LineFormat {
  private static final String BYTE = "\\x";

  private final Seconds seconds = new Seconds("dd/MMM/yyyy:HH:mm:ss +0000");

  @Override
  public void append(Entry entry, long millis, Text text) {
    text.add(entry.client().address().toString()).add(" - - [").add(seconds.of(millis)).add("] ");
    Request request = entry.request();
    if (request == null) {
      text.add("\"-\"");
    } else {
      String line =
          request.method() + " " + LineFormat.target(request) + " " + LineFormat.version(request);
      text.addQuoted(line, BYTE);
    }
    text.add(" ").add(entry.status().code()).add(" ").add(entry.bodyBytes());
    field(request, "referer", text);
    field(request, "user-agent", text);
    text.add("\n");
  }

  private static void field(@Nullable Request request, String name, Text text) {
    String value = request == null ? "-" : request.headers().first(name).orElse("-");
    text.add(" ").addQuoted(value, BYTE);
  }
}
