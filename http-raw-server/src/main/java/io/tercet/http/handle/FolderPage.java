package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.file.ListableTree;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.negotiation.AcceptedTypes;
import java.net.URLEncoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;

/// The listing of a folder, as a page or as JSON: folders first, then by name.
final class FolderPage {
  private static final Fields COMMON =
      Fields.of("Cache-Control", "no-cache", "Vary", "Accept", "X-Content-Type-Options", "nosniff");
  private static final Fields HTML =
      COMMON.with(
          "Content-Type",
          "text/html; charset=utf-8",
          "Content-Security-Policy",
          DefaultErrorPages.POLICY);
  private static final Fields JSON = COMMON.with("Content-Type", "application/json");

  private static final List<String> TYPES = List.of(AcceptedTypes.HTML, AcceptedTypes.JSON);

  private static final Comparator<ListableTree.Item> ORDER =
      Comparator.comparing((ListableTree.Item item) -> !item.isFolder())
          .thenComparing(ListableTree.Item::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(ListableTree.Item::name);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  @SuppressWarnings("InlineFormatString") // A page reads better alone.
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>%1$s</title>
      <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 56rem }
        body { margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.25rem; overflow-wrap: anywhere }
        table { width: 100%%; border-collapse: collapse }
        th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #8884 }
        th:first-child, td:first-child { overflow-wrap: anywhere }
        .size { text-align: right; white-space: nowrap }
        .time { white-space: nowrap }
        a { text-decoration: none }
        a:hover, a:focus { text-decoration: underline }
        tr:hover { background: #8882 }
      </style>
      <h1>%1$s</h1>
      <table>
      <thead><tr><th>Name<th class="size">Bytes<th class="time">Changed (UTC)</tr></thead>
      <tbody>
      %2$s</tbody>
      </table>
      """;

  private FolderPage() {}

  /// @param folder its path, without a slash at the start or the end
  static Response of(Request request, String folder, ListableTree.Folder content) {
    List<ListableTree.Item> items = content.items().stream().sorted(ORDER).toList();
    String path = folder.isEmpty() ? "/" : "/" + folder + "/";
    return wantsJson(request)
        ? Response.of(Status.OK, JSON, json(path, items, content.more()).getBytes(UTF_8))
        : Response.of(Status.OK, HTML, html(path, items, content.more()).getBytes(UTF_8));
  }

  /// A browser prefers text/html; a program that wants JSON says so.
  private static boolean wantsJson(Request request) {
    return AcceptedTypes.JSON.equals(AcceptedTypes.best(request, TYPES));
  }

  private static String html(String path, List<ListableTree.Item> items, boolean more) {
    StringBuilder rows = new StringBuilder();
    if (!path.equals("/")) {
      rows.append("<tr><td><a href=\"../\">../</a><td class=\"size\"><td class=\"time\"></tr>\n");
    }
    for (ListableTree.Item item : items) {
      String slash = item.isFolder() ? "/" : "";
      rows.append("<tr><td><a href=\"")
          .append(percentEncoded(item.name()))
          .append(slash)
          .append("\">")
          .append(escaped(item.name()))
          .append(slash)
          .append("</a><td class=\"size\">")
          .append(item.isFolder() ? "" : String.format(Locale.ROOT, "%,d", item.length()))
          .append("<td class=\"time\">")
          .append(TIME.format(item.modifiedAt()))
          .append("</tr>\n");
    }
    String page = PAGE.formatted(escaped(path), rows);
    return more ? page + "<p>There is more in this folder than is shown here.</p>\n" : page;
  }

  private static String json(String path, List<ListableTree.Item> items, boolean more) {
    StringBuilder json = new StringBuilder("{\"path\":");
    quote(path, json).append(",\"entries\":[");
    String separator = "\n";
    for (ListableTree.Item item : items) {
      quote(item.name(), json.append(separator).append("{\"name\":"))
          .append(item.isFolder() ? ",\"type\":\"folder\"" : ",\"type\":\"file\",\"size\":");
      if (!item.isFolder()) {
        json.append(item.length());
      }
      json.append(",\"modifiedAt\":\"")
          .append(item.modifiedAt().truncatedTo(ChronoUnit.SECONDS))
          .append("\"}");
      separator = ",\n";
    }
    return json.append("],\"more\":").append(more).append("}\n").toString();
  }

  private static StringBuilder quote(String text, StringBuilder json) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    return json.append('"');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// One name of a path. Only unreserved characters stay (RFC 3986 §2.3), so that no name can be
  /// taken for a scheme or a query.
  private static String percentEncoded(String name) {
    // The form of URLs is stricter about these three than that of forms.
    return URLEncoder.encode(name, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
