package io.tercet.http.access;

import io.tercet.http.connection.AccessLog.Entry;
import io.tercet.http.message.Request;
import org.jspecify.annotations.Nullable;

/// One JSON object a line, always with the same members; what is not known is null.
///
/// ```
/// {"time":"2026-11-24T21:24:16.007Z","client":"192.0.2.1","port":50412,"method":"GET",
///  "host":"a.example","target":"/","version":"HTTP/1.1","status":200,"bytes":5,
///  "durationMicros":73,"referer":null,"userAgent":"curl/8.17.0"}
/// ```
///
/// Each byte of a client's that is not printable ASCII becomes the character of that number
/// (ISO 8859-1), escaped: bytes are kept, whatever encoding they were meant in.
///
/// Source: RFC 8259 §7; the port because of RFC 6302 §2.
final class JsonLines implements LineFormat {
  private static final String CHARACTER = "\\u00";

  private final Seconds seconds = new Seconds("yyyy-MM-dd'T'HH:mm:ss.");

  @Override
  public void append(Entry entry, long millis, Text text) {
    Request request = entry.request();
    text.add("{\"time\":\"").add(seconds.of(millis));
    text.add(Long.toString(1000 + Math.floorMod(millis, 1000)).substring(1)).add("Z\"");
    text.add(",\"client\":\"").add(entry.client().address().toString()).add("\"");
    text.add(",\"port\":").add(entry.client().port());
    member("method", request == null ? null : request.method(), text);
    member("host", request == null ? null : request.host(), text);
    member("target", request == null ? null : LineFormat.target(request), text);
    member("version", request == null ? null : LineFormat.version(request), text);
    text.add(",\"status\":").add(entry.status().code());
    text.add(",\"bytes\":").add(entry.bodyBytes());
    text.add(",\"durationMicros\":").add(entry.nanos() / 1000);
    member("referer", field(request, "referer"), text);
    member("userAgent", field(request, "user-agent"), text);
    text.add("}\n");
  }

  private static @Nullable String field(@Nullable Request request, String name) {
    return request == null ? null : request.headers().first(name).orElse(null);
  }

  private static void member(String name, @Nullable String value, Text text) {
    text.add(",\"").add(name).add("\":");
    if (value == null) {
      text.add("null");
    } else {
      text.addQuoted(value, CHARACTER);
    }
  }
}
