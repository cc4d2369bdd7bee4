package io.tercet.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.tercet.system.stack.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The machine's own Chromium, without a window.
///
/// - Threading: confined to one test, as Playwright is.
/// - Bounds: what a test waits for may take a minute.
/// - Promise: the document of Tercet's page scrolls at no step of a test; [#close] says where it
///   did.
final class Chromium implements AutoCloseable {

  private static final double PATIENCE_MILLIS = 60_000;

  /// Looks at each frame that the page shows: the document itself must not scroll, neither because
  /// something sticks out of it nor because it was pushed. Only the page of Tercet has `#app`.
  private static final String WATCH_THE_DOCUMENT =
      """
      (() => {
        let said = false
        const look = () => {
          const scrolls = document.scrollingElement
          if (document.getElementById('app') !== null && scrolls !== null && !said) {
            const beyond = scrolls.scrollHeight - window.innerHeight
            if (beyond !== 0 || scrolls.scrollTop !== 0) {
              said = true
              window.theDocumentScrolls(
                `${location.hash}: ${beyond} pixels beyond the window, scrolled by ${scrolls.scrollTop}`)
            }
          }
          requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })()
      """;

  private final List<String> scrolled = new CopyOnWriteArrayList<>();
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright = Playwright.create();
    String executable = System.getenv().getOrDefault("TERCET_CHROMIUM", "/usr/bin/chromium");
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(Path.of(executable))
            .setTimeout(PATIENCE_MILLIS * 2)
            .setArgs(
                List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run"));
    return new Chromium(playwright, playwright.chromium().launch(options));
  }

  /// How a person sits in front of the page.
  ///
  /// @param locale the language that the browser asks for
  /// @param touches points with a finger
  record Seat(ColorScheme colours, int width, int height, String locale, boolean touches) {

    static final Seat LIGHT = new Seat(ColorScheme.LIGHT, 1_280, 800, "en-GB");
    static final Seat DARK = new Seat(ColorScheme.DARK, 1_280, 800, "en-GB");
    static final Seat NARROW = new Seat(ColorScheme.LIGHT, 390, 844, "en-GB");
    static final Seat PHONE = new Seat(ColorScheme.LIGHT, 360, 740, "en-GB");
    static final Seat TOUCH = new Seat(ColorScheme.LIGHT, 360, 740, "en-GB", true);
    static final Seat CHINESE = new Seat(ColorScheme.LIGHT, 1_280, 800, "zh-CN");

    /// Somebody with a mouse.
    Seat(ColorScheme colours, int width, int height, String locale) {
      this(colours, width, height, locale, false);
    }
  }

  /// A person who opens the page for the first time, with cookies of their own.
  Visitor visitor(Stack stack, Seat seat) {
    return visitor(stack.origin(), seat);
  }

  /// A person who opens something at this address.
  Visitor visitor(URI origin, Seat seat) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(origin.toString())
                .setColorScheme(seat.colours())
                .setViewportSize(seat.width(), seat.height())
                .setLocale(seat.locale())
                .setHasTouch(seat.touches())
                .setIsMobile(seat.touches())
                .setTimezoneId("UTC"));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.exposeFunction("theDocumentScrolls", what -> scrolled.add(what[0].toString()));
    context.addInitScript(WATCH_THE_DOCUMENT);
    return new Visitor(context.newPage());
  }

  /// Ends the browser.
  ///
  /// - Errors: an [AssertionError] if the document of a page could be scrolled at any step.
  @Override
  public void close() {
    browser.close();
    playwright.close();
    assertThat(scrolled).as("documents that scroll").isEmpty();
  }
}
