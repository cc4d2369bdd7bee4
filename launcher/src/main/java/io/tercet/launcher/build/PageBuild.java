package io.tercet.launcher.build;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.StopRequestedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Builds the page, if its sources changed.
public record PageBuild(Path home, BuildTools tools, Console console) implements Build.Step {

  private static final String PACKAGES = "web-ui-packages";
  private static final String PAGE = "web-ui";

  @Override
  public void run() throws IOException, UserException, StopRequestedException {
    Stamps stamps = Stamps.in(home);
    Path page = home.resolve(PAGE);
    String digest = SourceDigest.of(home, List.of(PAGE));
    if (digest.equals(stamps.of(PAGE)) && Files.exists(page.resolve("dist/index.html"))) {
      return;
    }
    BuildTools.needNode();
    console.say("Building web-ui.");
    String packages = SourceDigest.of(home, List.of("web-ui/package-lock.json"));
    if (!packages.equals(stamps.of(PACKAGES)) || !Files.isDirectory(page.resolve("node_modules"))) {
      npm(
          List.of("ci", "--no-audit", "--no-fund", "--loglevel=error"),
          "npm could not fetch the page's packages; the lines above say why.");
      stamps.note(PACKAGES, packages);
    }
    npm(
        List.of("run", "build", "--silent", "--", "--logLevel", "warn"),
        "the page could not be built; the lines above say where."
            + " Alone: npm --prefix web-ui run build");
    stamps.note(PAGE, digest);
  }

  private void npm(List<String> words, String failure)
      throws UserException, StopRequestedException {
    List<String> command =
        new ArrayList<>(List.of("npm", "--prefix", home.resolve(PAGE).toString()));
    command.addAll(words);
    tools.run(command, failure);
  }
}
