package io.tercet.system.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What people may publish fits http-raw-server's disk for sites twice, since it has the old and
/// the new version of a site while it switches; and that disk fits its volume.
class SiteDiskTest {

  /// Lists of files, and the folders themselves.
  private static final long OTHERS = 160L << 20;

  private static final Pattern SIZE = Pattern.compile("(\\d+)(MB|GB)");

  private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  private record Sizes(long site, long sites, long disk) {

    static Sizes of(Map<String, String> publisher, Map<String, String> server) {
      return new Sizes(
          bytes(publisher.get("TERCET_QUOTA_SITE")),
          bytes(publisher.get("TERCET_QUOTA_SITES")),
          bytes(server.get("TERCET_SITES_DISK")));
    }

    void fit() {
      assertThat(site).isLessThanOrEqualTo(sites);
      assertThat(2 * sites + OTHERS).isLessThanOrEqualTo(disk);
    }
  }

  static List<String> overlays() throws IOException {
    return ManifestTest.overlays();
  }

  @Tag("kubectl")
  @ParameterizedTest
  @MethodSource("overlays")
  void fitsTheVolumeOfAPod(String overlay) throws IOException {
    Manifests manifests = Manifests.ofOverlay(overlay);
    Sizes sizes =
        Sizes.of(environment(manifests, "file-service"), environment(manifests, "http-raw-server"));
    PodSpec pod = pod(manifests, "http-raw-server");
    String volume =
        pod.getContainers().getFirst().getVolumeMounts().stream()
            .filter(mount -> mount.getMountPath().equals("/data"))
            .map(VolumeMount::getName)
            .findFirst()
            .orElseThrow();
    Quantity limit =
        pod.getVolumes().stream()
            .filter(each -> each.getName().equals(volume))
            .map(Volume::getEmptyDir)
            .findFirst()
            .orElseThrow()
            .getSizeLimit();

    sizes.fit();
    assertThat(sizes.disk() + OTHERS)
        .isLessThanOrEqualTo(limit.getNumericalAmount().longValueExact());
  }

  @Test
  void fitsWithTheDefaultsOfCompose() throws IOException {
    JsonNode services =
        new YAMLMapper().readTree(file("docker-compose.yml").toFile()).path("services");

    Sizes.of(composed(services.path("file-service")), composed(services.path("http-raw-server")))
        .fit();
  }

  @Test
  void fitsWithTheDefaultsOfTheServices() throws IOException {
    Sizes.of(defaults(), defaults()).fit();
  }

  /// As the page of settings says; other tests compare it with the services.
  private static Map<String, String> defaults() throws IOException {
    Map<String, String> defaults = new HashMap<>();
    Pattern row = Pattern.compile("(?m)^\\| `(TERCET_\\w+)` \\| `([^`]*)` \\|");
    row.matcher(Files.readString(file("docs/settings.md")))
        .results()
        .forEach(each -> defaults.put(each.group(1), each.group(2)));
    return defaults;
  }

  /// What the container is told, over the defaults.
  private static Map<String, String> environment(Manifests manifests, String service)
      throws IOException {
    Map<String, String> environment = defaults();
    Container container = pod(manifests, service).getContainers().getFirst();
    container
        .getEnvFrom()
        .forEach(from ->
            manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(from.getConfigMapRef().getName()))
                .forEach(map -> environment.putAll(map.getData())));
    for (EnvVar variable : container.getEnv()) {
      if (variable.getValue() != null) {
        environment.put(variable.getName(), variable.getValue());
      }
    }
    return environment;
  }

  private static PodSpec pod(Manifests manifests, String service) {
    return manifests.all(Deployment.class).stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(service))
        .findFirst()
        .orElseThrow()
        .getSpec()
        .getTemplate()
        .getSpec();
  }

  private static Map<String, String> composed(JsonNode service) {
    Map<String, String> environment = new HashMap<>();
    service
        .path("environment")
        .properties()
        .forEach(variable -> {
          Matcher value = DEFAULT.matcher(variable.getValue().asText());
          environment.put(
              variable.getKey(), value.matches() ? value.group(1) : variable.getValue().asText());
        });
    return environment;
  }

  private static long bytes(String size) {
    Matcher parts = SIZE.matcher(size);
    assertThat(parts.matches()).as(size).isTrue();
    return Long.parseLong(parts.group(1)) << (parts.group(2).equals("MB") ? 20 : 30);
  }

  private static Path file(String path) {
    return Path.of(System.getProperty("tercet.root", ".")).resolve(path);
  }
}
