package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.message.Fields;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.negotiation.AcceptedTypes;
import java.util.List;

/// What people see where there is nothing: a small page for a browser, a problem for a program.
final class DefaultErrorPages {
  /// For pages of our own making: nothing is loaded from anywhere.
  static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  /// In how many seconds it is worth to try again.
  static final Fields RETRY = Fields.of("Retry-After", "1");

  /// Whoever accepts something else gets another form.
  static final Fields VARY = Fields.of("Vary", "Accept");

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

  /// Whether a page is a better answer than a problem document.
  static boolean wantsHtml(Request request) {
    return AcceptedTypes.best(request, ONLY_HTML) != null;
  }

  static Response notFound(Request request) {
    return answer(request, ProblemType.NOT_FOUND, "Check the address for a misspelling.");
  }

  static Response busy(Request request) {
    ProblemType problem = ProblemType.SERVICE_UNAVAILABLE;
    if (!wantsHtml(request)) {
      return problem.response(problem.title(), VARY.and(RETRY));
    }
    Response page = answer(request, problem, "Try again in a moment.");
    return new Response(page.status(), page.fields().and(RETRY), page.body());
  }

  static Response siteNotFound(Request request) {
    return answer(
        request,
        ProblemType.SITE_NOT_FOUND,
        "No site is published at this address, or it was taken down.");
  }

  /// `text` is our own; nothing of the request is ever shown back.
  private static Response answer(Request request, ProblemType problem, String text) {
    if (!wantsHtml(request)) {
      return problem.response(text, VARY);
    }
    return Response.of(
        problem.status(), HTML, PAGE.formatted(problem.title(), text).getBytes(UTF_8));
  }
}
