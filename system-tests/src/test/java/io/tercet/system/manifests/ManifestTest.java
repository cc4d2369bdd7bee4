package io.tercet.system.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kubectl")
class ManifestTest {

  private static final String NAME = "app.kubernetes.io/name";
  private static final Set<String> SERVICES =
      Set.of("web-gateway", "chat-service", "file-service", "http-raw-server");

  /// What a service gives requests under way after SIGTERM.
  private static final long DRAIN_SECONDS = 10;

  static List<String> overlays() throws IOException {
    Path overlays = Path.of(System.getProperty("tercet.root", ".")).resolve("k8s/overlays");
    try (Stream<Path> folders = Files.list(overlays)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyServiceIsDeployed(String overlay) {
    assertThat(Manifests.ofOverlay(overlay).all(Deployment.class))
        .extracting(deployment -> deployment.getMetadata().getName())
        .containsExactlyInAnyOrderElementsOf(SERVICES);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void noPodMayDoMoreThanItMust(String overlay) {
    for (Deployment deployment : Manifests.ofOverlay(overlay).all(Deployment.class)) {
      PodSpec pod = pod(deployment);
      var security = pod.getSecurityContext();
      assertThat(pod.getAutomountServiceAccountToken()).as(name(deployment)).isFalse();
      assertThat(pod.getEnableServiceLinks()).isFalse();
      assertThat(security.getRunAsNonRoot()).isTrue();
      assertThat(security.getRunAsUser()).isEqualTo(10001);
      assertThat(security.getRunAsGroup()).isEqualTo(10001);
      assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(pod.getHostNetwork()).isNull();
      assertThat(pod.getHostPID()).isNull();
      assertThat(pod.getVolumes()).extracting(Volume::getHostPath).containsOnlyNulls();
      for (Container container : containers(pod)) {
        var own = container.getSecurityContext();
        assertThat(own.getAllowPrivilegeEscalation()).isFalse();
        assertThat(own.getReadOnlyRootFilesystem()).isTrue();
        assertThat(own.getPrivileged()).isNull();
        assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(own.getCapabilities().getAdd()).isEmpty();
        assertThat(own.getRunAsUser()).isNull();
      }
    }
  }

  /// A node that passes traffic on to another one writes its own address into it.
  @ParameterizedTest
  @MethodSource("overlays")
  void keepsTheAddressesOfVisitors(String overlay) {
    assertThat(Manifests.ofOverlay(overlay).all(Service.class))
        .filteredOn(service ->
            List.of("NodePort", "LoadBalancer")
                .contains(String.valueOf(service.getSpec().getType())))
        .allSatisfy(service ->
            assertThat(service.getSpec().getExternalTrafficPolicy())
                .as(name(service))
                .isEqualTo("Local"));
  }

  /// Whoever stands before the gateway says whose request it is; nobody else may reach the gateway.
  @ParameterizedTest
  @MethodSource("overlays")
  void believesAnIngressAndNobodyElse(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    boolean behindAnIngress = !manifests.all(Ingress.class).isEmpty();
    String trusted = SettingsOfPods.of(manifests, "web-gateway").get("TERCET_TRUSTED_PROXIES");

    assertThat(trusted)
        .isNotNull()
        .satisfies(ranges -> assertThat(ranges.isEmpty()).isNotEqualTo(behindAnIngress));
    assertThat(manifests.all(NetworkPolicy.class))
        .filteredOn(policy -> name(policy).equals("web-gateway"))
        .singleElement()
        .satisfies(policy ->
            assertThat(policy.getSpec().getIngress().getFirst().getFrom().isEmpty())
                .isNotEqualTo(behindAnIngress));
  }

  /// To a host that it does not know, the gateway answers 421.
  @ParameterizedTest
  @MethodSource("overlays")
  void answersUnderTheHostsOfTheIngress(String overlay) {
    Manifests manifests = Manifests.ofOverlay(overlay);
    Map<String, String> settings = SettingsOfPods.of(manifests, "web-gateway");
    Stream<String> known =
        Stream.concat(
            Stream.of(settings.get("TERCET_HOSTS").split(",")),
            Stream.of("*." + settings.get("TERCET_SITES_DOMAIN")));

    assertThat(
            manifests.all(Ingress.class).stream()
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .map(rule -> rule.getHost()))
        .isSubsetOf(known.toList());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyContainerSaysWhatItNeedsAndHowItIs(String overlay) {
    for (Deployment deployment : Manifests.ofOverlay(overlay).all(Deployment.class)) {
      for (Container container : containers(pod(deployment))) {
        Map<String, Quantity> requests = container.getResources().getRequests();
        Map<String, Quantity> limits = container.getResources().getLimits();
        for (String resource : List.of("cpu", "memory")) {
          assertThat(requests.get(resource).getNumericalAmount())
              .as(name(deployment) + " " + resource)
              .isPositive()
              .isLessThanOrEqualTo(limits.get(resource).getNumericalAmount());
        }
        for (Probe probe :
            Stream.of(
                    container.getStartupProbe(),
                    container.getLivenessProbe(),
                    container.getReadinessProbe())
                .toList()) {
          assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
        }
        assertThat(container.getLivenessProbe().getHttpGet().getPath())
            .isNotEqualTo(container.getReadinessProbe().getHttpGet().getPath());
        assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(container.getImage()).matches("tercet/" + name(deployment) + ":\\S+");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void aPodIsGivenLongerToEndThanItsServiceTakes(String overlay) {
    for (Deployment deployment : Manifests.ofOverlay(overlay).all(Deployment.class)) {
      PodSpec pod = pod(deployment);
      List<String> wait =
          pod.getContainers().getFirst().getLifecycle().getPreStop().getExec().getCommand();
      assertThat(wait).hasSize(2).first().isEqualTo("sleep");
      assertThat(pod.getTerminationGracePeriodSeconds())
          .isGreaterThan(Long.parseLong(wait.getLast()) + DRAIN_SECONDS);
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void whatOneProcessWritesIsNeverGivenToTwo(String overlay) {
    for (Deployment deployment : Manifests.ofOverlay(overlay).all(Deployment.class)) {
      boolean keepsData =
          pod(deployment).getVolumes().stream()
              .anyMatch(volume -> volume.getPersistentVolumeClaim() != null);
      String strategy = deployment.getSpec().getStrategy().getType();
      assertThat(strategy).isEqualTo(keepsData ? "Recreate" : "RollingUpdate");
      if (keepsData) {
        assertThat(deployment.getSpec().getReplicas()).as(name(deployment)).isEqualTo(1);
      }
    }
  }

  @Nested
  class Names {

    static List<String> overlays() throws IOException {
      return ManifestTest.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void thatPodsUseExist(String overlay) {
      Manifests manifests = Manifests.ofOverlay(overlay);
      for (Deployment deployment : manifests.all(Deployment.class)) {
        PodSpec pod = pod(deployment);
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
            .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(names(manifests.all(ConfigMap.class)))
            .containsAll(
                pod.getContainers().stream()
                    .flatMap(container -> container.getEnvFrom().stream())
                    .map(source -> source.getConfigMapRef().getName())
                    .toList());
        assertThat(names(manifests.all(Secret.class)))
            .containsAll(
                used(pod, v -> v.getSecret() == null ? null : v.getSecret().getSecretName()));
        assertThat(manifests.all(Secret.class).stream().flatMap(ManifestTest::keys))
            .containsAll(
                pod.getContainers().stream()
                    .flatMap(container -> container.getEnv().stream())
                    .map(variable -> variable.getValueFrom().getSecretKeyRef())
                    .map(key -> key.getName() + " " + key.getKey())
                    .toList());
        assertThat(names(manifests.all(PersistentVolumeClaim.class)))
            .containsAll(
                used(
                    pod,
                    v ->
                        v.getPersistentVolumeClaim() == null
                            ? null
                            : v.getPersistentVolumeClaim().getClaimName()));
        for (Container container : containers(pod)) {
          assertThat(container.getVolumeMounts())
              .extracting(VolumeMount::getName)
              .containsExactlyInAnyOrderElementsOf(used(pod, Volume::getName));
          assertThat(container.getPorts())
              .extracting(ContainerPort::getName)
              .doesNotHaveDuplicates();
          assertThat(container.getPorts())
              .extracting(ContainerPort::getName)
              .contains("management");
        }
      }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void thatServicesLeadToExist(String overlay) {
      Manifests manifests = Manifests.ofOverlay(overlay);
      for (Service service : manifests.all(Service.class)) {
        Deployment target = deployment(manifests, service.getSpec().getSelector());
        List<String> ports =
            containers(pod(target)).getFirst().getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
        assertThat(service.getSpec().getPorts())
            .as(name(service))
            .allSatisfy(port -> assertThat(ports).contains(port.getTargetPort().getStrVal()))
            .noneSatisfy(
                port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("management"));
      }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void thatBudgetsAndPoliciesAreAboutExist(String overlay) {
      Manifests manifests = Manifests.ofOverlay(overlay);
      for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
        deployment(manifests, budget.getSpec().getSelector().getMatchLabels());
      }
      assertThat(arrows(manifests).stream().flatMap(arrow -> Stream.of(arrow.from, arrow.to)))
          .isSubsetOf(SERVICES);
    }

    private static List<String> used(PodSpec pod, Function<Volume, String> name) {
      return pod.getVolumes().stream().map(name).filter(Objects::nonNull).toList();
    }
  }

  @Nested
  class Traffic {

    static List<String> overlays() throws IOException {
      return ManifestTest.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void isRefusedUnlessAPolicySaysOtherwise(String overlay) {
      assertThat(Manifests.ofOverlay(overlay).all(NetworkPolicy.class))
          .filteredOn(policy -> policy.getSpec().getPodSelector().getMatchLabels().isEmpty())
          .filteredOn(policy -> policy.getSpec().getIngress().isEmpty())
          .filteredOn(policy -> policy.getSpec().getEgress().isEmpty())
          .singleElement()
          .satisfies(policy ->
              assertThat(policy.getSpec().getPolicyTypes())
                  .containsExactlyInAnyOrder("Ingress", "Egress"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void flowsAlongTheArrowsAndNoOthersAtBothEnds(String overlay) {
      assertThat(arrows(Manifests.ofOverlay(overlay)))
          .containsExactlyInAnyOrder(
              new Arrow("web-gateway", "chat-service", 8081, "in"),
              new Arrow("web-gateway", "chat-service", 8081, "out"),
              new Arrow("web-gateway", "file-service", 8082, "in"),
              new Arrow("web-gateway", "file-service", 8082, "out"),
              new Arrow("web-gateway", "http-raw-server", 8083, "in"),
              new Arrow("web-gateway", "http-raw-server", 8083, "out"),
              new Arrow("file-service", "chat-service", 8081, "in"),
              new Arrow("file-service", "chat-service", 8081, "out"),
              new Arrow("http-raw-server", "file-service", 8082, "in"),
              new Arrow("http-raw-server", "file-service", 8082, "out"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void comesFromEverybodyOnlyToTheFrontDoorAndFtp(String overlay) {
      Set<String> open =
          Manifests.ofOverlay(overlay).all(NetworkPolicy.class).stream()
              .flatMap(policy ->
                  policy.getSpec().getIngress().stream()
                      .filter(rule -> rule.getFrom().isEmpty())
                      .flatMap(rule -> rule.getPorts().stream())
                      .map(port -> name(policy) + " " + port.getPort().getIntVal()))
              .collect(Collectors.toSet());

      assertThat(open)
          .containsAll(Set.of("file-service 2121", "file-service 2130"))
          .isSubsetOf("web-gateway 8080", "file-service 2121", "file-service 2130");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void reachesMetricsFromPodsWithTheLabelAndNobodyElse(String overlay) {
      Map<String, String> scraper = Map.of("tercet.io/scrapes", "true");
      Manifests manifests = Manifests.ofOverlay(overlay);
      List<NetworkPolicy> policies = manifests.all(NetworkPolicy.class);
      for (Deployment deployment : manifests.all(Deployment.class)) {
        Map<String, String> pod = deployment.getSpec().getTemplate().getMetadata().getLabels();
        int port =
            containers(pod(deployment)).getFirst().getPorts().stream()
                .filter(candidate -> candidate.getName().equals("management"))
                .findFirst()
                .orElseThrow()
                .getContainerPort();

        assertThat(policies)
            .as(name(deployment) + " is entered")
            .filteredOn(policy -> selects(policy.getSpec().getPodSelector(), pod))
            .flatExtracting(policy -> policy.getSpec().getIngress())
            .filteredOn(rule -> rule.getPorts().stream().anyMatch(range -> has(range, port)))
            .flatExtracting(NetworkPolicyIngressRule::getFrom)
            .extracting(peer -> peer.getPodSelector().getMatchLabels())
            .containsExactly(scraper);
        assertThat(policies)
            .as(name(deployment) + " is left for")
            .filteredOn(
                policy -> policy.getSpec().getPodSelector().getMatchLabels().equals(scraper))
            .flatExtracting(policy -> policy.getSpec().getEgress())
            .filteredOn(rule -> rule.getPorts().stream().anyMatch(range -> has(range, port)))
            .flatExtracting(NetworkPolicyEgressRule::getTo)
            .anyMatch(peer -> selects(((NetworkPolicyPeer) peer).getPodSelector(), pod));
      }
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
      return labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    }

    private static boolean has(NetworkPolicyPort range, int port) {
      int first = range.getPort().getIntVal();
      int last = range.getEndPort() == null ? first : range.getEndPort();
      return first <= port && port <= last;
    }
  }

  @Nested
  class Strictness {

    /// A server drops an empty list, and whoever compares sees a difference for ever.
    @ParameterizedTest
    @MethodSource("io.tercet.system.manifests.ManifestTest#overlays")
    void writesNothingThatAServerDrops(String overlay) {
      assertThat(Manifests.render(Path.of("overlays", overlay)))
          .doesNotContain("[]")
          .doesNotContainPattern("(?m): null$");
    }

    @ParameterizedTest
    @CsvSource({
      "readinessProbe:,            readynessProbe:",
      "failureThreshold:,          failuresThreshold:",
      "readOnlyRootFilesystem:,    readOnlyRootFileSystem:",
      "terminationGracePeriodSeconds:, terminationGraceSeconds:",
      "podSelector:,               podselector:",
      "'replicas: 1',              'replicas: \"1\"'",
      "'runAsNonRoot: true',       'runAsNonRoot: \"yes\"'",
      "'kind: Deployment',         'kind: Deploiment'",
      "'apiVersion: apps/v1',      'apiVersion: extensions/v1beta1'",
    })
    void refusesWhatIsMisspelt(String right, String wrong) {
      String rendered = Manifests.render(Path.of("overlays", "local"));
      assertThat(rendered).contains(right);
      Manifests.parse(rendered);

      assertThatThrownBy(() -> Manifests.parse(rendered.replace(right, wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheObjectAndTheMember() {
      String rendered = Manifests.render(Path.of("overlays", "local"));

      assertThatThrownBy(
              () -> Manifests.parse(rendered.replace("livenessProbe:", "lifenessProbe:")))
          .hasMessageContaining("apps/v1/Deployment")
          .hasMessageContaining("lifenessProbe");
    }
  }

  /// `from` may ask `to` at `port`: as the asked says (`in`) or as the asker does (`out`).
  private record Arrow(String from, String to, int port, String side) {}

  private static List<Arrow> arrows(Manifests manifests) {
    return manifests.all(NetworkPolicy.class).stream()
        .flatMap(policy -> {
          String self = policy.getSpec().getPodSelector().getMatchLabels().get(NAME);
          Stream<Arrow> in =
              policy.getSpec().getIngress().stream()
                  .flatMap(rule ->
                      rule.getFrom().stream()
                          .filter(peer -> peer.getPodSelector() != null)
                          .map(peer -> peer.getPodSelector().getMatchLabels().get(NAME))
                          .filter(Objects::nonNull)
                          .flatMap(peer ->
                              rule.getPorts().stream()
                                  .map(p -> p.getPort().getIntVal())
                                  .map(port -> new Arrow(peer, self, port, "in"))));
          Stream<Arrow> out =
              policy.getSpec().getEgress().stream()
                  .flatMap(rule ->
                      rule.getTo().stream()
                          .filter(peer -> peer.getPodSelector() != null)
                          .map(peer -> peer.getPodSelector().getMatchLabels().get(NAME))
                          .filter(Objects::nonNull)
                          .flatMap(peer ->
                              rule.getPorts().stream()
                                  .map(p -> p.getPort().getIntVal())
                                  .map(port -> new Arrow(self, peer, port, "out"))));
          return Stream.concat(in, out);
        })
        .toList();
  }

  private static Stream<String> keys(Secret secret) {
    return secret.getData().keySet().stream().map(key -> name(secret) + " " + key);
  }

  private static PodSpec pod(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static List<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()).toList();
  }

  private static Deployment deployment(Manifests manifests, Map<String, String> labels) {
    List<Deployment> matching =
        manifests.all(Deployment.class).stream()
            .filter(deployment ->
                deployment
                    .getSpec()
                    .getTemplate()
                    .getMetadata()
                    .getLabels()
                    .entrySet()
                    .containsAll(labels.entrySet()))
            .toList();
    assertThat(matching).as("pods with " + labels).hasSize(1);
    return matching.getFirst();
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(ManifestTest::name).toList();
  }
}
