package io.tercet.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program with its laboratory as an operator starts it, as a process of its own.
@Timeout(120)
class LabProgramTest {
  private static final Pattern PORT = Pattern.compile("listening on http://127.0.0.1:(\\d+)/");
  private static final String TOKEN = "a token for the live page";

  @TempDir Path folder;
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "processes"})
  void timesAnswersOfItsOwnForWhoeverLooksAtItLive(String model) throws Exception {
    Files.writeString(folder.resolve("index.html"), "home");
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    start(
        folder.toString(),
        "--port=0",
        "--management-port=0",
        "--management-token-file=" + token,
        "--model=" + model);
    List<Integer> ports = ports(2);
    assertThat(get(ports.get(0), "/").body()).isEqualTo("home");
    String times = model.equals("processes") ? "null," : "[[";
    Eventually.isTrue(() -> get(ports.get(1), "/lab/figures").body().contains("\"requests\":1,"));
    Eventually.isTrue(
        () -> get(ports.get(1), "/lab/figures").body().contains("\"times\":" + times));
  }

  @Test
  void exchangesItsModelForWhoeverHasTheToken() throws Exception {
    Files.writeString(folder.resolve("index.html"), "home");
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    start(folder.toString(), "--port=0", "--management-port=0", "--management-token-file=" + token);
    List<Integer> ports = ports(2);
    HttpRequest exchange =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ports.get(1) + "/model?name=virtual-threads"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    assertThat(send(exchange).body()).startsWith("{\"model\":\"virtual-threads\"");
    assertThat(said()).contains("exchanged model epoll for virtual-threads");
    assertThat(get(ports.get(0), "/").body()).isEqualTo("home");
    assertThat(get(ports.get(1), "/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void opensNeitherTheLivePageNorTheModelWithoutAToken() throws Exception {
    start(folder.toString(), "--port=0", "--management-port=0");
    int management = ports(2).get(1);
    assertThat(get(management, "/lab/").statusCode()).isEqualTo(404);
    assertThat(get(management, "/model").statusCode()).isEqualTo(404);
    assertThat(get(management, "/health/live").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "compute"})
  void answersWithItsOwnHandlersInWorkersToo(String handler) throws Exception {
    start("--handler=" + handler, "--port=0", "--model=processes");
    assertThat(get(ports(1).getFirst(), "/").statusCode()).isEqualTo(200);
  }

  @Test
  void saysInOneLineThatTheTokenIsShort() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "short");
    start(folder.toString(), "--port=0", "--management-port=0", "--management-token-file=" + token);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said())
        .contains("the management token " + token + " is shorter than 16 bytes")
        .doesNotContain("\tat ");
  }

  @Test
  void helpTellsOfTheServerAndOfTheLaboratory() throws Exception {
    start("--help");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said())
        .contains("--port PORT", "--management-token-file FILE", "--handler wait", "COMPARE")
        .doesNotContainPattern("(?m)^.{101,}$");
  }

  private void start(String... words) throws IOException {
    List<String> command = new ArrayList<>(ServerCommand.JAVA);
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    process = builder.redirectOutput(folder.resolve("log").toFile()).start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private List<Integer> ports(int count) {
    List<Integer> ports = new ArrayList<>();
    Eventually.isTrue(() -> {
      ports.clear();
      Matcher matcher = PORT.matcher(said());
      while (matcher.find()) {
        ports.add(Integer.valueOf(matcher.group(1)));
      }
      return ports.size() == count || !process.isAlive();
    });
    assertThat(ports).hasSize(count);
    return ports;
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
