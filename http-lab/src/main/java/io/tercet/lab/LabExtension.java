package io.tercet.lab;

import io.tercet.http.connection.AccessLog;
import io.tercet.http.message.Handler;
import io.tercet.http.program.Extension;
import io.tercet.http.program.SecretFile;
import io.tercet.http.program.StartException;
import io.tercet.http.server.RunningServer;
import io.tercet.http.settings.Additions;
import io.tercet.http.settings.Settings;
import io.tercet.lab.handler.ComputingHandler;
import io.tercet.lab.handler.WaitingHandler;
import io.tercet.lab.live.LivePage;
import io.tercet.lab.live.ManagementToken;
import io.tercet.lab.live.ModelEndpoint;
import io.tercet.lab.live.ResponseTimeHistogram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the laboratory adds to http-raw-server.
final class LabExtension implements Extension {
  private static final String TOKEN_FILE = "--management-token-file";
  private static final String COMPARE = "compare";

  /// A usual response time of a database.
  private static final Duration WAIT = Duration.ofMillis(10);

  /// About 2 ms of one core.
  private static final int COMPUTE_ROUNDS = 25_000;

  private static final String HELP =
      """
      LABORATORY
        --management-token-file FILE   TERCET_MANAGEMENT_TOKEN_FILE  none
            opens two paths of the management port, which it wants: /lab/, a page of the server's
            figures, and /model. GET /model says which model serves; POST /model?name=MODEL with
            Authorization: Bearer and the token in FILE lets another one take new connections,
            while those that are open end where they began
        --handler wait                 "ok" after 10 ms in which the thread waits, as for a database
        --handler compute              a SHA-256 after about 2 ms in which the thread computes it

      COMPARE, as in java -jar http-lab.jar compare [OPTIONS OF COMPARE], gives every model the same
      traffic, from this machine to this machine, and writes a report with plots. It takes about
      six minutes, starts a server for each model, and ends them all.
        --out FILE                     report.html
        --models MODEL,…               all
        --connections NUMBER,…         10,100,1000,10000; at most 8, each up to 20000
        --seconds SECONDS              1; how long each figure is measured, up to 60
      """;

  private @Nullable ResponseTimeHistogram responseTimes;

  @Override
  public Additions additions() {
    return new Additions(
        Map.of(TOKEN_FILE, "TERCET_MANAGEMENT_TOKEN_FILE"), List.of("wait", "compute"), HELP);
  }

  @Override
  public boolean runCommand(List<String> words) throws StartException, InterruptedException {
    if (words.isEmpty()
        || !words.getFirst().equals(COMPARE)
        || words.contains("--help")
        || words.contains("-h")) {
      return false;
    }
    CompareOptions options;
    try {
      options = CompareOptions.read(new ArrayDeque<>(words.subList(1, words.size())));
    } catch (IllegalArgumentException wrong) {
      throw new StartException(wrong.getMessage() + "; --help lists what can be said");
    }
    new CompareCommand(options).run();
    return true;
  }

  @Override
  public Handler handler(String name) {
    return switch (name) {
      case "wait" -> new WaitingHandler(WAIT);
      case "compute" -> new ComputingHandler(COMPUTE_ROUNDS);
      default -> throw new IllegalArgumentException("there is no handler " + name);
    };
  }

  /// Times responses only if there is a page that shows them.
  @Override
  public @Nullable AccessLog watchAnswers(Settings settings, @Nullable AccessLog log) {
    if (!settings.managementOptions().containsKey(TOKEN_FILE)) {
      return log;
    }
    responseTimes = new ResponseTimeHistogram(log);
    return responseTimes;
  }

  @Override
  public Handler management(RunningServer server, Settings settings, Handler health)
      throws StartException {
    String file = settings.managementOptions().get(TOKEN_FILE);
    if (file == null || responseTimes == null) {
      return health;
    }
    byte[] secret =
        SecretFile.read(
            "the management token",
            Path.of(file),
            ManagementToken.BYTES_MIN,
            "write a long random line into it");
    Handler page = new LivePage(server, responseTimes, health);
    return new ModelEndpoint(server, new ManagementToken(secret), page);
  }
}
