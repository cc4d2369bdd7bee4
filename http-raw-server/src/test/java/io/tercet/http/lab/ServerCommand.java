package io.tercet.http.lab;

import io.tercet.http.Main;
import java.util.List;

/// Starts this program from its classes.
final class ServerCommand {
  static final List<String> JAVA =
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
