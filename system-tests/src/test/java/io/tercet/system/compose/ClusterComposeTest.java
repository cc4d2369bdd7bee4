package io.tercet.system.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What `compose.cluster.yml` is by itself, and how it differs from `docker-compose.yml`.
@Tag("compose")
class ClusterComposeTest {

  private static final Map<String, String> PASSWORDS =
      Map.of("TERCET_CHAT_DATABASE_PASSWORD", "secret", "TERCET_VALKEY_PASSWORD", "secret2");
  private static final List<String> OURS =
      List.of("chat-service", "file-service", "http-raw-server", "web-gateway");

  private final ComposeProject alone = ComposeProject.read(Map.of(), "docker-compose.yml");
  private final ComposeProject cluster = read(Map.of());

  private static ComposeProject read(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(PASSWORDS);
    all.putAll(settings);
    return ComposeProject.read(all, "compose.cluster.yml");
  }

  @Test
  void hasTwoOfWhatDecidesAndOneOfTheRest() {
    assertThat(cluster.services().keySet())
        .containsExactly(
            "chat-service",
            "file-service",
            "haproxy",
            "http-raw-server",
            "postgres",
            "service-secret",
            "valkey",
            "web-gateway");
    assertThat(
            cluster.services().entrySet().stream()
                .filter(service -> service.getValue().at("/deploy/replicas").asInt(1) == 2)
                .map(Map.Entry::getKey))
        .containsExactly("chat-service", "web-gateway");
  }

  @Test
  void runsNothingAsRootAndGivesNoContainerMoreThanItNeeds() {
    assertThat(cluster.services().entrySet())
        .allSatisfy(service -> {
          JsonNode value = service.getValue();
          assertThat(value.path("user").asString())
              .as(service.getKey())
              .isIn("10001:10001", "postgres");
          assertThat(value.path("read_only").asBoolean()).isTrue();
          assertThat(value.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
          assertThat(value.path("security_opt").toString())
              .isEqualTo("[\"no-new-privileges:true\"]");
          assertThat(value.path("mem_limit").asLong()).isPositive();
          assertThat(value.has("privileged") || value.has("cap_add")).isFalse();
        });
  }

  /// Replicas are many: none of them can have a port of the host.
  @Test
  void publishesTheSameDoorsOfOtherContainers() {
    assertThat(cluster.publishedPorts()).isEqualTo(alone.publishedPorts());
    assertThat(withPorts()).containsExactly("file-service", "haproxy");
    assertThat(cluster.networks().get("inside").path("internal").asBoolean()).isTrue();
    assertThat(outside()).containsExactly("file-service", "haproxy");
  }

  private Stream<String> withPorts() {
    return cluster.services().entrySet().stream()
        .filter(service -> service.getValue().path("ports").size() > 0)
        .map(Map.Entry::getKey);
  }

  private Stream<String> outside() {
    return cluster.services().entrySet().stream()
        .filter(service -> service.getValue().path("networks").has("outside"))
        .map(Map.Entry::getKey);
  }

  /// What an operator sets, and what one service says about another, is the same in both files.
  @Test
  void changesNoSettingButThoseOfTheStoresAndOfWhatStandsBefore() {
    for (String service : OURS) {
      Map<String, String> changed = new HashMap<>();
      cluster
          .services()
          .get(service)
          .path("environment")
          .properties()
          .forEach(variable -> {
            String value = variable.getValue().asString();
            if (!value.equals(alone.setting(service, variable.getKey()))) {
              changed.put(variable.getKey(), value);
            }
          });
      assertThat(changed.keySet())
          .as(service)
          .isSubsetOf(
              "TERCET_CHAT_DATABASE_URL",
              "TERCET_CHAT_DATABASE_USER",
              "TERCET_CHAT_DATABASE_PASSWORD",
              "TERCET_VALKEY_URL",
              "TERCET_TRUSTED_PROXIES");
    }
    assertThat(cluster.setting("chat-service", "TERCET_VALKEY_URL"))
        .isEqualTo("redis://:secret2@valkey:6379");
  }

  @Test
  void keepsNothingInAReplica() {
    assertThat(cluster.services().get("chat-service").path("volumes"))
        .extracting(volume -> volume.path("target").asString())
        .containsExactly("/run/tercet");
    assertThat(cluster.services().get("chat-service").path("depends_on").propertyNames())
        .contains("postgres", "valkey", "service-secret");
  }

  @Test
  void givesNobodyThePasswordOfValkeyOnACommandLine() {
    assertThat(cluster.services().get("valkey").path("command").toString())
        .doesNotContain("secret2")
        .contains("maxmemory-policy allkeys-lru");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERCET_CHAT_DATABASE_PASSWORD", "TERCET_VALKEY_PASSWORD"})
  void startsOnlyWithPasswords(String password) {
    assertThatThrownBy(() -> read(Map.of(password, "")))
        .hasMessageContaining(password)
        .hasMessageContaining("choose one and keep it");
  }

  @Test
  void opensTheDoorsThatTheOperatorNames() {
    assertThat(read(Map.of("TERCET_BIND", "0.0.0.0", "TERCET_PORT", "80")).publishedPorts())
        .contains("0.0.0.0:80->8080", "0.0.0.0:2121->2121")
        .noneMatch(port -> port.startsWith("127."));
  }

  /// HAProxy is believed by the gateways: what it says about a client is its own word.
  @Test
  void believesWhatHaproxySaysAndNotWhatAClientDoes() throws IOException {
    String haproxy =
        Files.readString(
            Path.of(System.getProperty("tercet.root", ".")).resolve("config/haproxy.cfg"));

    assertThat(haproxy)
        .contains("http-request del-header Forwarded\n")
        .contains("http-request del-header X-Request-Id\n")
        .contains("http-request set-header X-Forwarded-For %[src]\n")
        .contains("http-request set-header X-Forwarded-Proto ")
        .contains("http-request set-header X-Forwarded-Host ")
        .contains("tcp-request connection reject if { sc0_conn_cur gt 2000 }\n");
    assertThat(cluster.setting("web-gateway", "TERCET_TRUSTED_PROXIES")).isNotEmpty();
  }
}
