package io.tercet.launcher.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What the launcher said, instead of printing it.
public final class Printed {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  public Console console() {
    return new Console(stream, stream);
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
