package io.tercet.launcher.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// This copy of Tercet, and what it runs on.
///
/// @param home Tercet's folder
/// @param javaHome of the JDK that the services run on
/// @param system what the operating system offers
/// @param environment of this process
public record Installation(
    Path home, Path javaHome, OperatingSystem system, Map<String, String> environment) {

  /// What the launcher takes from the operating system.
  public enum OperatingSystem {
    LINUX,
    /// Any other: nothing but POSIX and Java.
    OTHER,
    /// Linux that is treated as if it was another, for tests.
    LINUX_AS_OTHER;

    /// @param forceOther whether to do without what only Linux has
    public static OperatingSystem current(boolean forceOther) {
      boolean linux = System.getProperty("os.name", "").equals("Linux");
      return linux ? (forceOther ? LINUX_AS_OTHER : LINUX) : OTHER;
    }

    /// Whether /proc, setpriv and http-raw-server's own system calls are there.
    public boolean isLinux() {
      return this == LINUX;
    }
  }

  /// Copies the environment.
  public Installation {
    environment = Map.copyOf(environment);
  }

  /// The folder that a service runs from: its jar, its libraries and its AOT cache.
  public Path runFolder(Service service) {
    return home.resolve("build/run").resolve(service.title());
  }

  /// The jar that is started.
  public Path jar(Service service) {
    return runFolder(service).resolve(service.title() + ".jar");
  }

  /// Classes that were loaded, linked and profiled in a rehearsal.
  public Path aotCache(Service service) {
    return runFolder(service).resolve("app.aot");
  }

  /// Files with the JVM's flags for a service.
  public List<Path> jvmFlags(Service service) {
    Path folder = home.resolve("launcher/jvm");
    return List.of(folder.resolve("common.args"), folder.resolve(service.title() + ".args"));
  }

  /// The program that runs Java.
  public Path java() {
    return javaHome.resolve("bin/java");
  }

  /// The command that starts a service. The JVM ignores a cache that was made with other flags: all
  /// starts have the same, up to those that
  /// name the cache and the folder.
  ///
  /// @param cacheFlag `-XX:AOTCache=…` or `-XX:AOTCacheOutput=…`
  /// @param temporary where libraries unpack what they need for a while
  public List<String> command(Service service, String cacheFlag, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    jvmFlags(service).forEach(file -> command.add("@" + file));
    command.add(cacheFlag);
    command.add("-Djava.io.tmpdir=" + temporary);
    if (system == OperatingSystem.LINUX_AS_OTHER && service == Service.HTTP_RAW_SERVER) {
      command.add("-Dos.name=Other");
    }
    command.addAll(List.of("-jar", jar(service).toString()));
    return command;
  }
}
