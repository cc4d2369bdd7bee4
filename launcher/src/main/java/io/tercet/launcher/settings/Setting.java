package io.tercet.launcher.settings;

import static io.tercet.launcher.settings.SettingKind.Form.ADDRESS;
import static io.tercet.launcher.settings.SettingKind.Form.ADDRESS_RANGES;
import static io.tercet.launcher.settings.SettingKind.Form.COUNT;
import static io.tercet.launcher.settings.SettingKind.Form.PATH;
import static io.tercet.launcher.settings.SettingKind.Form.PORT;
import static io.tercet.launcher.settings.SettingKind.Form.PORT_RANGE;
import static io.tercet.launcher.settings.SettingKind.Form.SECONDS;
import static io.tercet.launcher.settings.SettingKind.Form.SIZE;
import static io.tercet.launcher.settings.SettingKind.Form.TEXT;
import static io.tercet.launcher.settings.SettingKind.Form.TIME;
import static io.tercet.launcher.settings.SettingKind.Form.URL;

import io.tercet.launcher.settings.SettingKind.OneOf;
import java.util.List;
import java.util.Optional;

/// A setting that somebody may give. docs/settings.md explains each; a test compares the two.
///
/// @param name of the environment variable
/// @param defaultValue empty if it is derived from others or left to the service; a path is
///     relative to Tercet's folder
record Setting(String name, SettingKind kind, String defaultValue) {

  /// All of them, in the order of docs/settings.md.
  static final List<Setting> ALL =
      List.of(
          new Setting("TERCET_DATA", PATH, "data"),
          new Setting("TERCET_BIND", ADDRESS, "127.0.0.1"),
          new Setting("TERCET_LISTEN", ADDRESS, "127.0.0.1"),
          new Setting("TERCET_PORT", PORT, "8080"),
          new Setting("TERCET_CHAT_PORT", PORT, "8081"),
          new Setting("TERCET_FILES_PORT", PORT, "8082"),
          new Setting("TERCET_PAGES_PORT", PORT, "8083"),
          new Setting("TERCET_GATEWAY_MANAGEMENT_PORT", PORT, "9080"),
          new Setting("TERCET_CHAT_MANAGEMENT_PORT", PORT, "9081"),
          new Setting("TERCET_FILES_MANAGEMENT_PORT", PORT, "9082"),
          new Setting("TERCET_PAGES_MANAGEMENT_PORT", PORT, "9083"),
          new Setting("TERCET_FTP_PORT", PORT, "2121"),
          new Setting("TERCET_FTP_PASSIVE_PORTS", PORT_RANGE, "2130-2139"),
          new Setting("TERCET_FTP_PASSIVE_ADDRESS", TEXT, ""),
          new Setting("TERCET_FTP_PLAIN", OneOf.words("loopback", "anyone"), "loopback"),
          new Setting("TERCET_CHAT_URL", URL, ""),
          new Setting("TERCET_FILES_URL", URL, ""),
          new Setting("TERCET_PAGES_URL", URL, ""),
          new Setting("TERCET_SERVICE_SECRET_FILE", PATH, ""),
          new Setting("TERCET_GUESTS", OneOf.words("true", "false"), "true"),
          new Setting("TERCET_MESSAGE_EDIT_TIME", TIME, "0s"),
          new Setting("TERCET_QUOTA_PERSON", SIZE, "50GB"),
          new Setting("TERCET_QUOTA_GUEST", SIZE, "100MB"),
          new Setting("TERCET_QUOTA_ROOM", SIZE, "100GB"),
          new Setting("TERCET_QUOTA_SITE", SIZE, "200MB"),
          new Setting("TERCET_QUOTA_SITES", SIZE, "800MB"),
          new Setting("TERCET_SITES_DISK", SIZE, "1800MB"),
          new Setting("TERCET_SITES_DOMAIN", TEXT, "pages.localhost"),
          new Setting("TERCET_SITES_URL", TEXT, ""),
          new Setting("TERCET_HOSTS", TEXT, ""),
          new Setting("TERCET_ALLOWED_ORIGINS", TEXT, ""),
          new Setting("TERCET_CHAT_DATABASE_URL", TEXT, ""),
          new Setting("TERCET_CHAT_DATABASE_USER", TEXT, ""),
          new Setting("TERCET_CHAT_DATABASE_PASSWORD", TEXT, ""),
          new Setting("TERCET_VALKEY_URL", TEXT, ""),
          new Setting("TERCET_WEB_ROOT", PATH, "web-ui/dist"),
          new Setting(
              "TERCET_MODEL",
              OneOf.words(
                  "one-by-one",
                  "processes",
                  "threads",
                  "pool",
                  "virtual-threads",
                  "select",
                  "poll",
                  "epoll"),
              "epoll"),
          new Setting("TERCET_HANDLER", OneOf.words("files", "echo", "wait", "compute"), "files"),
          new Setting("TERCET_ACCESS_LOG", TEXT, ""),
          new Setting("TERCET_ACCESS_LOG_FORMAT", OneOf.words("combined", "json"), "combined"),
          new Setting("TERCET_TRUSTED_PROXIES", ADDRESS_RANGES, ""),
          new Setting("TERCET_GATEWAY_ADDRESSES", ADDRESS_RANGES, "127.0.0.0/8,::1"),
          new Setting("TERCET_SERVICE_HOSTS", TEXT, ""),
          new Setting("TERCET_RATE_FACTOR", COUNT, "1"),
          new Setting("TERCET_MANAGEMENT_TOKEN_FILE", PATH, ""),
          new Setting("TERCET_READY_SECONDS", SECONDS, "180"),
          new Setting("TERCET_SETTINGS", PATH, ".tercet.env"));

  static Optional<Setting> named(String name) {
    return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
  }
}
