package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.posix.socket.PosixNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who serves when one model follows another, without a connection.
class RetiredModelsTest {
  private final List<StubModel> models = new ArrayList<>();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = Server.start(new PosixNetwork(), anyPort, 1, 16, model());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void exchangesNoModelWhileTooManyBeforeItHaveNotFinished() throws IOException {
    for (int i = 0; i < Server.RETIRED_MAX; i++) {
      server.swap(model());
    }
    ConcurrencyModel last = server.model();
    StubModel refused = model();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> server.swap(refused))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("16 models before")
          .hasMessageContaining("try again later");
    }
    assertThat(server.model()).isSameAs(last);
    assertThat(refused.started).isFalse();
    assertThat(((StubModel) last).retired).isFalse();

    models.get(3).over = true;
    StubModel next = model();
    server.swap(next);
    assertThat(server.model()).isSameAs(next);
    assertThat(models.get(3).stopped).isTrue();
    assertThatThrownBy(() -> server.swap(refused)).hasMessageContaining("try again later");
  }

  @Test
  void stopsThoseThatHaveNotFinishedToo() throws IOException {
    for (int i = 0; i < 3; i++) {
      server.swap(model());
    }
    server.stop(Duration.ZERO);
    assertThat(models).hasSize(4).allMatch(model -> model.stopped);
    assertThatThrownBy(() -> server.swap(model())).hasMessageContaining("has stopped");
  }

  private StubModel model() {
    StubModel model = new StubModel();
    models.add(model);
    return model;
  }
}
