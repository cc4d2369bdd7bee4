package io.tercet.launcher.run;

import static io.tercet.launcher.console.Console.padded;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;
import java.time.Duration;
import java.util.Set;

/// What a person reads when all services are ready: where Tercet is, and what each port is for.
record Welcome(Settings settings, Duration took) {

  private static final Set<String> ALSO_LOCALHOST = Set.of("127.0.0.1", "0.0.0.0", "::");

  void print(Console console) {
    String bound = settings.get("TERCET_BIND");
    String host = ALSO_LOCALHOST.contains(bound) ? "localhost" : bound;
    String address = "http://" + host + ":" + settings.port("TERCET_PORT");
    console.say("");
    console.say("Tercet is ready after " + Console.seconds(took) + " s: " + address);
    console.say("");
    for (Service service : Service.values()) {
      console.say(
          row(
              service.port(settings),
              service.title(),
              service.purpose() + "; health and metrics on " + service.managementPort(settings)));
    }
    console.say(
        row(
            settings.port("TERCET_FTP_PORT"),
            Service.FILE_SERVICE.title(),
            "FTP; its data connections on " + settings.get("TERCET_FTP_PASSIVE_PORTS")));
    console.say("");
    console.say("Data: " + settings.data());
    console.say("Logs: " + settings.data().resolve("logs"));
    console.say("Ctrl-C stops everything.");
  }

  private static String row(int port, String service, String purpose) {
    return "  " + padded(Integer.toString(port), 12) + " " + padded(service, 16) + " " + purpose;
  }
}
