package io.tercet.chat.rest.card;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.ClientNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Reads the bodies of pictures. Each is in memory as a whole, so few are read at the same time.
///
/// - Bounds: [PictureUploadSettings]; BodySizeLimitFilter bounds each body.
/// - Threading: any thread that may block. The lock of `byNetwork` is innermost.
@Component
@EnableConfigurationProperties(PictureUploadSettings.class)
class PictureUploads {

  private static final int BUFFER_BYTES = 16_384;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final PictureUploadSettings settings;
  private final Semaphore turns;

  /// How many bodies come, or wait for their turn, from each network. Guarded by itself.
  private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();

  PictureUploads(PictureUploadSettings settings) {
    this.settings = settings;
    this.turns = new Semaphore(settings.atOnce(), true);
  }

  /// What is done with a body.
  @FunctionalInterface
  interface Work {

    void with(byte[] body);
  }

  /// Reads a body and works with it. Throws `too-fast` if too many come from its network,
  /// `service-unavailable` if its turn does not come, `request-timeout` if it comes too slowly, and
  /// what the work throws.
  void receive(String address, InputStream body, Work work) throws IOException {
    ClientNetwork network = ClientNetwork.of(address);
    begin(network);
    try {
      awaitTurn();
      try {
        work.with(read(body));
      } finally {
        turns.release();
      }
    } finally {
      end(network);
    }
  }

  private void begin(ClientNetwork network) {
    synchronized (byNetwork) {
      int count = byNetwork.getOrDefault(network, 0);
      if (count >= settings.atOncePerNetwork()) {
        throw new ProblemException(
            ProblemType.TOO_FAST, "Too many pictures come at once from your address.", RETRY);
      }
      byNetwork.put(network, count + 1);
    }
  }

  private void end(ClientNetwork network) {
    synchronized (byNetwork) {
      byNetwork.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private void awaitTurn() {
    try {
      if (turns.tryAcquire(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        ProblemType.SERVICE_UNAVAILABLE, "Too many pictures come at once.", RETRY);
  }

  /// A pause is bounded by the server, and all of it here.
  private byte[] read(InputStream body) throws IOException {
    long end = System.nanoTime() + settings.timeMax().toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      bytes.write(buffer, 0, read);
      if (System.nanoTime() - end > 0) {
        throw new ProblemException(
            ProblemType.REQUEST_TIMEOUT, "Send the picture at once: it took too long.");
      }
    }
    return bytes.toByteArray();
  }
}
