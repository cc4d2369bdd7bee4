package io.tercet.system.browser;

import com.microsoft.playwright.Page;
import io.tercet.system.client.Fresh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Pictures of the page, in `system-tests/target/screenshots`.
final class Pictures {

  private static final Path ROOT = Path.of(System.getProperty("tercet.root", "."));

  private Pictures() {}

  /// Takes a picture of what the window shows.
  static Path take(Visitor visitor, String name) {
    Path picture = ROOT.resolve("system-tests/target/screenshots").resolve(name + ".png");
    visitor.page().screenshot(new Page.ScreenshotOptions().setPath(picture));
    return picture;
  }

  /// A name: a fresh one, or the plain one in the README's picture, which is taken on an empty
  /// stack.
  static String name(String stem) {
    return System.getenv("TERCET_SCREENSHOT") == null ? Fresh.name(stem) : stem;
  }

  /// Takes the picture of the README; `TERCET_SCREENSHOT` names where it is to go, from the root.
  static void takeForReadme(Visitor visitor, String name) {
    Path picture = take(visitor, name);
    String wanted = System.getenv("TERCET_SCREENSHOT");
    if (wanted == null) {
      return;
    }
    try {
      Path target = ROOT.resolve(wanted);
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.copy(picture, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
