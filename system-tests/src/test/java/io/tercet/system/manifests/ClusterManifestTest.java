package io.tercet.system.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `components/cluster` changes. The rest holds as for every overlay: [ManifestTest].
@Tag("kubectl")
class ClusterManifestTest {

  private final Manifests manifests = Manifests.ofOverlay("cluster");
  private final Deployment chat = deployment("chat-service");

  @Test
  void runsTwoOfEach() {
    assertThat(chat.getSpec().getReplicas()).isEqualTo(2);
    assertThat(deployment("web-gateway").getSpec().getReplicas()).isEqualTo(2);
    assertThat(deployment("file-service").getSpec().getReplicas()).isEqualTo(1);
  }

  @Test
  void replacesAPodOnlyWhenTheNextOneIsReady() {
    var strategy = chat.getSpec().getStrategy();

    assertThat(strategy.getType()).isEqualTo("RollingUpdate");
    assertThat(strategy.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(strategy.getRollingUpdate().getMaxSurge().getIntVal()).isEqualTo(1);
  }

  @Test
  void letsOnePodGoAtATimeAndSpreadsThem() {
    assertThat(manifests.all(PodDisruptionBudget.class))
        .filteredOn(budget -> budget.getMetadata().getName().equals("chat-service"))
        .singleElement()
        .satisfies(
            budget -> assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1));
    assertThat(pod().getTopologySpreadConstraints())
        .singleElement()
        .satisfies(spread -> {
          assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
          assertThat(spread.getLabelSelector().getMatchLabels())
              .isEqualTo(chat.getSpec().getSelector().getMatchLabels());
        });
  }

  @Test
  void keepsNothingInAPod() {
    assertThat(manifests.all(PersistentVolumeClaim.class))
        .extracting(claim -> claim.getMetadata().getName())
        .containsExactly("file-data");
    assertThat(pod().getVolumes()).extracting(Volume::getPersistentVolumeClaim).containsOnlyNulls();
  }

  @Test
  void reachesItsStoresAndNothingElse() {
    List<NetworkPolicy> ways =
        manifests.all(NetworkPolicy.class).stream()
            .filter(policy ->
                chat.getSpec()
                    .getSelector()
                    .getMatchLabels()
                    .equals(policy.getSpec().getPodSelector().getMatchLabels()))
            .toList();

    assertThat(ways.stream().flatMap(policy -> policy.getSpec().getEgress().stream()))
        .flatExtracting(NetworkPolicyEgressRule::getPorts)
        .extracting("port.intVal")
        .containsExactlyInAnyOrder(5432, 6379);
    assertThat(ways.stream().flatMap(policy -> policy.getSpec().getEgress().stream()))
        .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty());
  }

  @Test
  void isToldItsStores() {
    assertThat(SettingsOfPods.of(manifests, "chat-service"))
        .containsEntry("TERCET_CHAT_DATABASE_USER", "tercet")
        .hasEntrySatisfying(
            "TERCET_CHAT_DATABASE_URL", url -> assertThat(url).startsWith("jdbc:postgresql://"));
    assertThat(SettingsOfPods.secrets(manifests, "chat-service"))
        .containsExactlyInAnyOrder("TERCET_CHAT_DATABASE_PASSWORD", "TERCET_VALKEY_URL");
  }

  private PodSpec pod() {
    return chat.getSpec().getTemplate().getSpec();
  }

  private Deployment deployment(String name) {
    return manifests.all(Deployment.class).stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
