package io.tercet.lab;

import java.util.List;

/// Starts this program from its classes.
public final class ServerCommand {
  /// The command, without options of the program.
  public static final List<String> JAVA =
      List.of(
          ProcessHandle.current().info().command().orElse("java"),
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          Main.class.getName());

  private ServerCommand() {}
}
