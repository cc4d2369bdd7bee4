package io.tercet.http.access;

import io.tercet.http.connection.AccessLog.Entry;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import org.jspecify.annotations.Nullable;

/// One JSON object a line, always with the same members; what is not known is null.
///
/// ```
/// {"time":"2026-11-24T21:24:16.007Z","client":"192.0.2.1","port":50412,"method":"GET",
///  "host":"a.example","target":"/","version":"HTTP/1.1","status":200,"bytes":5,
///  "durationMicros":73,"referer":null,"userAgent":"curl/8.17.0","requestId":"5f0c2b7a91d34e68"}
/// ```
///
/// `requestId` is the field `X-Request-Id` as it was sent: web-gateway sends one of its own making.
///
/// Each byte of a client's that is not printable ASCII becomes the character of that number
/// (ISO 8859-1), escaped: bytes are kept, whatever encoding they were meant in.
///
/// Source: RFC 8259 §7; the port because of RFC 6302 §2.
final class JsonLogFormat implements LogFormat {
  private static final String CHARACTER = "\\u00";

  private final CachedTimestamp seconds = new CachedTimestamp("yyyy-MM-dd'T'HH:mm:ss.");
  private final CachedAddressText addresses = new CachedAddressText();

  @Override
  public void append(Entry entry, long millis, LineBuffer text) {
    Request request = entry.request();
    text.add("{\"time\":\"").add(seconds.of(millis));
    text.add(Long.toString(1000 + Math.floorMod(millis, 1000)).substring(1)).add("Z\"");
    text.add(",\"client\":\"").add(addresses.of(entry.client().address())).add("\"");
    text.add(",\"port\":").add(entry.client().port());
    text(",\"method\":", request == null ? null : request.method(), text);
    text(",\"host\":", request == null ? null : request.host(), text);
    text(",\"target\":", request == null ? null : LogFormat.target(request), text);
    text(",\"version\":", request == null ? null : LogFormat.version(request), text);
    text.add(",\"status\":").add(entry.status().code());
    text.add(",\"bytes\":").add(entry.bodyBytes());
    text.add(",\"durationMicros\":").add(entry.nanos() / 1000);
    Headers headers = request == null ? Headers.none() : request.headers();
    field(",\"referer\":", headers, "referer", text);
    field(",\"userAgent\":", headers, "user-agent", text);
    field(",\"requestId\":", headers, "x-request-id", text);
    text.add("}\n");
  }

  private static void text(String member, @Nullable String value, LineBuffer text) {
    text.add(member);
    if (value == null) {
      text.add("null");
    } else {
      text.add("\"").addEscaped(value, CHARACTER).add("\"");
    }
  }

  private static void field(String member, Headers headers, String name, LineBuffer text) {
    int field = headers.indexOf(name, 0);
    text.add(member);
    if (field < 0) {
      text.add("null");
    } else {
      text.add("\"").addEscaped(headers, field, CHARACTER).add("\"");
    }
  }
}
