package io.tercet.launcher.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Notes from what each output was made. An output is up to date while its stamp equals what it
/// would be made from now.
///
/// @param folder with a file for each output
public record Stamps(Path folder) {

  /// The stamps of this copy of Tercet.
  public static Stamps in(Path home) {
    return new Stamps(home.resolve("build/stamps"));
  }

  /// The stamp of an output; empty if it was never made.
  public String of(String output) {
    try {
      return Files.readString(folder.resolve(output));
    } catch (IOException absent) {
      return "";
    }
  }

  /// Notes that an output was made.
  public void note(String output, String stamp) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(output), stamp);
  }
}
