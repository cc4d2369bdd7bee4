package io.tercet.system.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A setting restarts the pods of the services that read it, and no others.
@Tag("kubectl")
class SettingsOfPodsTest {

  private static final List<String> SERVICES =
      List.of("web-gateway", "chat-service", "file-service", "http-raw-server");

  static Stream<Arguments> services() throws IOException {
    return ManifestTest.overlays().stream()
        .flatMap(overlay -> SERVICES.stream().map(service -> Arguments.of(overlay, service)));
  }

  @ParameterizedTest
  @MethodSource("services")
  void areWhatTheServiceReadsAndNothingElse(String overlay, String service) {
    assertThat(SettingsOfPods.of(Manifests.ofOverlay(overlay), service))
        .isNotEmpty()
        .allSatisfy((name, value) -> assertThat(name).isIn(SettingsOfPods.readBy(service)));
  }

  @ParameterizedTest
  @MethodSource("services")
  void areSecretIfTheyArePasswords(String overlay, String service) {
    Manifests manifests = Manifests.ofOverlay(overlay);

    assertThat(SettingsOfPods.of(manifests, service))
        .allSatisfy((name, value) ->
            assertThat(name + "=" + value).doesNotContain("PASSWORD").doesNotContain("@"));
    assertThat(SettingsOfPods.readBy(service))
        .containsAll(SettingsOfPods.secrets(manifests, service));
  }

  @ParameterizedTest
  @MethodSource("services")
  void areInOneConfigMapOfItsOwn(String overlay, String service) {
    Manifests manifests = Manifests.ofOverlay(overlay);

    assertThat(SettingsOfPods.sources(manifests, service))
        .singleElement()
        .asString()
        .startsWith(service + "-settings-");
    assertThat(manifests.all(ConfigMap.class)).hasSameSizeAs(SERVICES);
  }

  @ParameterizedTest
  @MethodSource("services")
  void rollOnlyThePodsOfTheServiceWhoseSettingChanges(String overlay, String service) {
    Map<String, PodTemplateSpec> before = pods(Manifests.ofOverlay(overlay));
    Map<String, PodTemplateSpec> after =
        pods(Manifests.ofOverlay(overlay, service, "TERCET_CHANGED=1"));

    assertThat(before.keySet().stream().filter(name -> !before.get(name).equals(after.get(name))))
        .containsExactly(service);
  }

  private static Map<String, PodTemplateSpec> pods(Manifests manifests) {
    return manifests.all(Deployment.class).stream()
        .collect(
            Collectors.toMap(
                deployment -> deployment.getMetadata().getName(),
                deployment -> deployment.getSpec().getTemplate()));
  }
}
