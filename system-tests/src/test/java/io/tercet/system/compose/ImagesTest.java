package io.tercet.system.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine whose container engine runs but reaches no registry.
class ImagesTest {

  @TempDir Path folder;

  @Test
  void areAskedForOnceAndWhatCannotBeHadIsSaidInALineEach() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "none");

    Command images = engine.run(Map.of(), "bin/images", "tests");

    assertThat(images.exit()).isEqualTo(1);
    assertThat(engine.pulled())
        .hasSize(3)
        .contains("postgres:17", "valkey/valkey:8")
        .doesNotHaveDuplicates();
    assertThat(images.text().lines().filter(line -> line.startsWith("tercet: ")))
        .hasSize(3)
        .contains("tercet: the image postgres:17 cannot be had: dial tcp: no such host");
  }

  @Test
  void areNotAskedForWhereTheyAre() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "*");

    Command images = engine.run(Map.of(), "bin/images", "tests");

    assertThat(images.exit()).isZero();
    assertThat(images.text()).isEmpty();
    assertThat(engine.pulled()).isEmpty();
  }

  @Test
  void areNamedAsTestcontainersIsToldToNameThem() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "none");

    engine.run(
        Map.of(
            "TESTCONTAINERS_RYUK_DISABLED",
            "true",
            "TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX",
            "mirror.example/"),
        "bin/images",
        "tests");

    assertThat(engine.pulled())
        .containsExactlyInAnyOrder("mirror.example/postgres:17", "mirror.example/valkey/valkey:8");
  }

  @Test
  void areGivenUpWhenTheRegistryIsSilent() throws IOException {
    FakeEngine engine = FakeEngine.withSilentRegistry(folder);

    Command images = engine.run(Map.of(), "bin/images", "tests", "1");

    assertThat(images.exit()).isEqualTo(1);
    assertThat(images.text()).contains("postgres:17 cannot be had: not fetched within 1 s");
  }

  @Test
  void thatTheBuildBeginsFromAreThoseOfTheDockerfileAndNoStages() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "none");

    engine.run(Map.of(), "bin/images", "build");

    assertThat(engine.pulled())
        .containsExactlyInAnyOrder(
            "eclipse-temurin:25-jre", "maven:3-eclipse-temurin-25", "node:24-trixie-slim");
  }

  @Test
  void thatTheContainersNeedAreSaidBeforeAnythingIsBuilt() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "postgres*");

    Command up = engine.run(Map.of(), "bin/containers", "up");

    assertThat(up.exit()).isEqualTo(1);
    assertThat(engine.pulled()).contains("node:24-trixie-slim").doesNotContain("postgres:17");
    assertThat(up.text())
        .contains("tercet: the image node:24-trixie-slim cannot be had: ")
        .contains("docs/containers.md")
        .doesNotContain("failed; the lines above");
  }

  @Test
  void thatAreThereLetTheContainersStart() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "*");

    Command up = engine.run(Map.of(), "bin/containers", "up");

    // The engine does not know the command `compose up`, which is the next.
    assertThat(up.text()).hasLineCount(1).contains("'docker compose up --detach --wait' failed");
  }

  @Test
  void leaveTestsOutAndOneLineSaysWhichAndHowToGetThem() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "none");

    Command missing = engine.run(Map.of(), "bin/test", "missing");

    assertThat(missing.exit()).as(missing.text()).isZero();
    assertThat(missing.text().lines().filter(line -> line.contains("postgres:17 cannot be had")))
        .singleElement()
        .asString()
        .startsWith("  tests in containers (PostgreSQL): ")
        .contains("make setup");
  }

  @Test
  void leaveTestsOutWithinABoundOfTimeWhenTheRegistryIsSilent() throws IOException {
    FakeEngine engine = FakeEngine.withSilentRegistry(folder);

    Command missing = engine.run(Map.of("TERCET_TEST_PULL_SECONDS", "1"), "bin/test", "missing");

    assertThat(missing.exit()).as(missing.text()).isZero();
    assertThat(missing.text()).contains("postgres:17 cannot be had: not fetched within 1 s");
  }

  @Test
  void areAFailureWhereNothingMayBeLeftOut() throws IOException {
    FakeEngine engine = FakeEngine.withoutRegistry(folder, "none");

    Command missing = engine.run(Map.of("TERCET_TEST_ALL", "1"), "bin/test", "missing");

    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.text())
        .contains("nothing may be left out here")
        .contains("postgres:17 cannot be had");
  }
}
