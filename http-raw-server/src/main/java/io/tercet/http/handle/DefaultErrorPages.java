package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.message.Fields;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.negotiation.AcceptedTypes;
import java.util.List;

/// The server's own pages for errors: a small page for a browser, a problem document for a program.
final class DefaultErrorPages {
  /// The Content-Security-Policy of our own pages, which load nothing.
  static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  /// After how many seconds the client may try again.
  static final Fields RETRY = Fields.of("Retry-After", "1");

  /// After how many seconds a site may be here.
  private static final Fields RETRY_SITE = Fields.of("Retry-After", "2");

  /// A client that accepts something else gets another form.
  static final Fields VARY = Fields.of("Vary", "Accept");

  /// The media type of pages.
  static final String TYPE = "text/html; charset=utf-8";

  private static final Fields HTML =
      VARY.with(
          "Content-Type",
          TYPE,
          "Cache-Control",
          "no-store",
          "X-Content-Type-Options",
          "nosniff",
          "Content-Security-Policy",
          POLICY);

  private static final List<String> ONLY_HTML = List.of(AcceptedTypes.HTML);

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
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem }
        body { margin: 20vh auto; padding: 0 1rem }
        h1 { font-size: 1.5rem }
      </style>
      <h1>%1$s</h1>
      <p>%2$s</p>
      """;

  private DefaultErrorPages() {}

  /// Whether the client prefers a page to a problem document.
  static boolean wantsHtml(Request request) {
    return AcceptedTypes.best(request, ONLY_HTML) != null;
  }

  static Response notFound(Request request) {
    return answer(request, ProblemType.NOT_FOUND, "Check the address for a misspelling.");
  }

  static Response busy(Request request) {
    return unavailable(request, "Try again in a moment.", RETRY);
  }

  /// A site may be published, but its contents are not here.
  static Response siteAwaited(Request request) {
    return unavailable(request, "This site is not here yet. Try again in a moment.", RETRY_SITE);
  }

  private static Response unavailable(Request request, String text, Fields retry) {
    ProblemType problem = ProblemType.SERVICE_UNAVAILABLE;
    if (!wantsHtml(request)) {
      return problem.response(problem.title(), VARY.and(retry));
    }
    Response page = answer(request, problem, text);
    return new Response(page.status(), page.fields().and(retry), page.body());
  }

  static Response siteNotFound(Request request) {
    return answer(
        request,
        ProblemType.SITE_NOT_FOUND,
        "No site is published at this address, or it was taken down.");
  }

  /// `text` is our own. Nothing of the request is ever shown.
  private static Response answer(Request request, ProblemType problem, String text) {
    if (!wantsHtml(request)) {
      return problem.response(text, VARY);
    }
    return Response.of(
        problem.status(), HTML, PAGE.formatted(problem.title(), text).getBytes(UTF_8));
  }
}
