package io.tercet.system.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What holds for every container, whatever the services do inside.
@Tag("compose")
class ComposeTest {

  private static final String FILE = "docker-compose.yml";

  private final ComposeProject project = ComposeProject.read(Map.of(), FILE);
  private final ComposeProject onPostgres =
      ComposeProject.read(
          Map.of("TERCET_CHAT_DATABASE_PASSWORD", "secret"), FILE, "compose.postgres.yml");

  private Stream<Map.Entry<String, JsonNode>> all() {
    return onPostgres.services().entrySet().stream();
  }

  private Stream<String> longRunning() {
    return project.services().keySet().stream().filter(name -> !name.equals("service-secret"));
  }

  @Test
  void namesTheServicesLikeTheirFolders() {
    assertThat(longRunning())
        .containsExactly("chat-service", "file-service", "http-raw-server", "web-gateway");
  }

  @Test
  void runsNothingAsRoot() {
    assertThat(all())
        .allSatisfy(service ->
            assertThat(service.getValue().path("user").asString())
                .as(service.getKey())
                .isIn("10001:10001", "postgres"));
  }

  @Test
  void givesNoContainerMoreThanItNeeds() {
    assertThat(all())
        .allSatisfy(service -> {
          JsonNode value = service.getValue();
          assertThat(value.path("read_only").asBoolean()).as(service.getKey()).isTrue();
          assertThat(value.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
          assertThat(value.path("security_opt").toString())
              .isEqualTo("[\"no-new-privileges:true\"]");
          assertThat(value.path("mem_limit").asLong()).isPositive();
          assertThat(value.has("privileged") || value.has("cap_add")).isFalse();
        });
  }

  @Test
  void publishesTheGatewayAndFtpOnLoopbackAndNothingElse() {
    assertThat(onPostgres.publishedPorts())
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of("127.0.0.1:2121->2121", "127.0.0.1:8080->8080"),
                    IntStream.rangeClosed(2130, 2139)
                        .mapToObj(port -> "127.0.0.1:" + port + "->" + port))
                .sorted()
                .toList());
  }

  @Test
  void opensTheDoorsThatTheOperatorNames() {
    ComposeProject opened =
        ComposeProject.read(Map.of("TERCET_BIND", "0.0.0.0", "TERCET_PORT", "80"), FILE);

    assertThat(opened.publishedPorts())
        .contains("0.0.0.0:80->8080", "0.0.0.0:2121->2121")
        .noneMatch(port -> port.startsWith("127."));
    assertThat(opened.setting("file-service", "TERCET_SITES_URL"))
        .isEqualTo("http://{site}.pages.localhost:80/");
  }

  /// A client connects to the number that FTP told it.
  @Test
  void publishesTheDataPortsOfFtpThatTheOperatorNames() {
    ComposeProject moved =
        ComposeProject.read(Map.of("TERCET_FTP_PASSIVE_PORTS", "31000-31002"), FILE);

    assertThat(moved.setting("file-service", "TERCET_FTP_PASSIVE_PORTS")).isEqualTo("31000-31002");
    assertThat(moved.publishedPorts())
        .containsExactlyInAnyOrder(
            "127.0.0.1:2121->2121",
            "127.0.0.1:8080->8080",
            "127.0.0.1:31000->31000",
            "127.0.0.1:31001->31001",
            "127.0.0.1:31002->31002");
  }

  /// An emptied variable of a file .env is not set.
  @Test
  void publishesTheUsualDataPortsWhereTheSettingIsEmpty() {
    ComposeProject emptied = ComposeProject.read(Map.of("TERCET_FTP_PASSIVE_PORTS", ""), FILE);

    assertThat(emptied.publishedPorts()).isEqualTo(project.publishedPorts());
  }

  @Test
  void letsServicesMeetOnANetworkWithoutAWayOut() {
    assertThat(project.networks().get("inside").path("internal").asBoolean()).isTrue();
    assertThat(all().filter(service -> service.getValue().has("ports")).map(Map.Entry::getKey))
        .containsExactly("file-service", "web-gateway");
    assertThat(all().filter(service -> service.getValue().path("networks").has("outside")))
        .extracting(Map.Entry::getKey)
        .containsExactly("file-service", "web-gateway");
  }

  @Test
  void startsNoServiceBeforeItsSecretIsMade() {
    assertThat(longRunning())
        .allSatisfy(name ->
            assertThat(
                    project
                        .services()
                        .get(name)
                        .path("depends_on")
                        .path("service-secret")
                        .path("condition")
                        .asString())
                .isEqualTo("service_completed_successfully"));
  }

  @Test
  void everyImageIsNonRootAndTellsWhetherItIsReady() {
    Dockerfile dockerfile = Dockerfile.read();

    assertThat(longRunning())
        .allSatisfy(name -> {
          String target = project.services().get(name).path("build").path("target").asString();
          assertThat(dockerfile.instruction(target, "USER")).as(name).isEqualTo("10001:10001");
          assertThat(dockerfile.instruction(target, "HEALTHCHECK"))
              .as(name)
              .contains("[\"./probe\", \"127.0.0.1\", \"90");
          assertThat(dockerfile.instruction(target, "ENTRYPOINT")).startsWith("[\"java\"");
        });
  }

  @Test
  void rehearsesWithTheFlagsOfTheStart() {
    Dockerfile dockerfile = Dockerfile.read();

    assertThat(longRunning())
        .allSatisfy(name -> {
          String flags = "@jvm/common.args @jvm/" + name + ".args -XX:AOTCache";
          assertThat(dockerfile.instruction(name + "-rehearsal", "RUN")).contains(flags);
          assertThat(dockerfile.instruction(name, "ENTRYPOINT").replaceAll("[\",]+", ""))
              .contains(flags);
        });
  }
}
