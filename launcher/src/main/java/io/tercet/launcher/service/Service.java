package io.tercet.launcher.service;

import io.tercet.launcher.settings.Settings;
import java.util.List;

/// The four services, in the order in which people are shown them.
public enum Service {
  WEB_GATEWAY(
      "web-gateway",
      List.of("web-gateway"),
      "TERCET_PORT",
      "TERCET_GATEWAY_MANAGEMENT_PORT",
      "/actuator/health/readiness",
      "the front door: page, HTTP, WebSocket"),
  CHAT_SERVICE(
      "chat-service",
      List.of("chat-service"),
      "TERCET_CHAT_PORT",
      "TERCET_CHAT_MANAGEMENT_PORT",
      "/actuator/health/readiness",
      "people, rooms, messages"),
  FILE_SERVICE(
      "file-service",
      List.of("file-service"),
      "TERCET_FILES_PORT",
      "TERCET_FILES_MANAGEMENT_PORT",
      "/actuator/health/readiness",
      "files; FTP on TERCET_FTP_PORT"),
  HTTP_RAW_SERVER(
      "http-raw-server",
      List.of("http-raw-server", "http-lab"),
      "TERCET_PAGES_PORT",
      "TERCET_PAGES_MANAGEMENT_PORT",
      "/health/ready",
      "pages and published sites");

  private final String title;
  private final List<String> modules;
  private final String portSetting;
  private final String managementPortSetting;
  private final String readinessPath;
  private final String purpose;

  Service(
      String title,
      List<String> modules,
      String portSetting,
      String managementPortSetting,
      String readinessPath,
      String purpose) {
    this.title = title;
    this.modules = modules;
    this.portSetting = portSetting;
    this.managementPortSetting = managementPortSetting;
    this.readinessPath = readinessPath;
    this.purpose = purpose;
  }

  /// Its name, which is also that of its jar, log and pid file where it runs.
  public String title() {
    return title;
  }

  /// The Maven modules that it is built from; the jar of the last one is started.
  public List<String> modules() {
    return modules;
  }

  /// What it does, for people.
  public String purpose() {
    return purpose;
  }

  /// Where it serves.
  public int port(Settings settings) {
    return settings.port(portSetting);
  }

  /// Where it answers for health and metrics.
  public int managementPort(Settings settings) {
    return settings.port(managementPortSetting);
  }

  /// What it answers with 200 on its management port when it is ready.
  public String readinessPath() {
    return readinessPath;
  }
}
