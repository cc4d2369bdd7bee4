package io.tercet.files.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.tercet.files.catalog.Catalog;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Turns of those who publish.
class SiteVersionsTest {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final DataSize BYTE = DataSize.ofBytes(1);

  private final SiteVersions versions =
      new SiteVersions(
          mock(Catalog.class),
          new SiteSettings(1, 1, BYTE, BYTE, 1, MILLI, 1, MILLI, MILLI, MILLI, ""));

  @Test
  void refusesAPublicationWhoseTurnDoesNotCome() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(() ->
            versions.exclusively(() -> {
              begun.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "first";
            }));
    begun.await();

    assertThatThrownBy(() -> versions.exclusively(() -> "second"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE));

    goOn.countDown();
    assertThat(first.join()).isEqualTo("first");
    assertThat(versions.exclusively(() -> "third")).isEqualTo("third");
  }
}
