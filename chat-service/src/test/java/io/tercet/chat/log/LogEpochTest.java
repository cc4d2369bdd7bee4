package io.tercet.chat.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogEpochTest {

  @TempDir Path folder;
  private final CountingStore store = new CountingStore();
  private Path renewFile;

  @BeforeEach
  void name() {
    renewFile = folder.resolve("renew-log-epoch");
  }

  @Test
  void staysTheSameFromStartToStart() {
    assertThat(started().value()).isEqualTo("epoch 0");
    assertThat(started().is("epoch 0")).isTrue();
    assertThat(started().is("epoch 1")).isFalse();
  }

  @Test
  void isRenewedOnceByTheFileThatOrdersIt() throws IOException {
    Files.createFile(renewFile);
    assertThat(started().value()).isEqualTo("epoch 1");
    assertThat(renewFile).doesNotExist();
    assertThat(started().value()).isEqualTo("epoch 1");
  }

  @Test
  void isRenewedByTheNextStartIfOneFails() throws IOException {
    Files.createFile(renewFile);
    store.fails = true;
    assertThatThrownBy(this::started).hasMessage("a database that fails");
    store.fails = false;
    assertThat(started().value()).isEqualTo("epoch 1");
  }

  private LogEpoch started() {
    LogEpoch epoch = new LogEpoch(store, renewFile);
    epoch.start();
    return epoch;
  }

  private static final class CountingStore implements LogEpoch.Store {

    private int renewed;
    private boolean fails;

    @Override
    public String read() {
      return "epoch " + renewed;
    }

    @Override
    public void renew() {
      if (fails) {
        throw new IllegalStateException("a database that fails");
      }
      renewed++;
    }
  }
}
