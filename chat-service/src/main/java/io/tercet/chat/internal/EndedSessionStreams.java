package io.tercet.chat.internal;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Tells gateways which sessions ended, at whichever replica. Each stream is a request whose answer
/// has no end. A line is a session, or says that the stream is still there and whether the hints of
/// all replicas arrive.
///
/// - Bounds: [EndedSessionsSettings]. A gateway that does not read loses its stream: it opens
///   another and forgets what it cached. The oldest lines of it would be worth nothing.
/// - Threading: each stream has the thread of its request. Hints come on any thread, which never
///   waits. The lock of `streams` is innermost.
/// - Lifecycle: all streams end when the service begins to stop.
@Component
@EnableConfigurationProperties(EndedSessionsSettings.class)
class EndedSessionStreams implements HintListener, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EndedSessionStreams.class);

  private final EndedSessionsSettings settings;
  private final HintBroker hints;
  private final Set<Stream> streams = new HashSet<>();
  private boolean running;

  /// What waits for one gateway; empty is its end.
  private static final class Stream {

    private final BlockingQueue<Optional<UUID>> queue;

    Stream(int queueMax) {
      this.queue = new ArrayBlockingQueue<>(queueMax);
    }

    /// False if the stream ends because its gateway does not keep up.
    boolean add(UUID sessionId) {
      if (queue.offer(Optional.of(sessionId))) {
        return true;
      }
      end();
      return false;
    }

    void end() {
      do {
        queue.clear();
      } while (!queue.offer(Optional.empty()));
    }
  }

  EndedSessionStreams(EndedSessionsSettings settings, HintBroker hints) {
    this.settings = settings;
    this.hints = hints;
  }

  /// Writes a stream until it ends. Throws `service-unavailable` if there are too many.
  void stream(OutputStream gateway) {
    Stream stream = open();
    try {
      write(stream, gateway);
    } catch (IOException gone) {
      log.debug("stream of ended sessions broke: {}", gone.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(stream);
    }
  }

  @Override
  public void heard(Hint hint) {
    if (hint instanceof Hint.SessionEnded ended) {
      synchronized (streams) {
        streams.removeIf(stream -> {
          boolean keepsUp = stream.add(ended.sessionId());
          if (!keepsUp) {
            log.warn("stream of ended sessions cut: waiting={}", settings.queueMax());
          }
          return !keepsUp;
        });
      }
    }
  }

  /// How many streams there are.
  int streams() {
    synchronized (streams) {
      return streams.size();
    }
  }

  private Stream open() {
    Stream stream = new Stream(settings.queueMax());
    synchronized (streams) {
      if (!running || streams.size() >= settings.streamsMax()) {
        throw new ProblemException(
            ProblemType.SERVICE_UNAVAILABLE,
            "At most " + settings.streamsMax() + " gateways listen at the same time.");
      }
      streams.add(stream);
    }
    return stream;
  }

  private void close(Stream stream) {
    synchronized (streams) {
      streams.remove(stream);
    }
  }

  private void write(Stream stream, OutputStream gateway) throws IOException, InterruptedException {
    gateway.write(heartbeat());
    gateway.flush();
    while (true) {
      Optional<UUID> next =
          stream.queue.poll(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        gateway.write(heartbeat());
      }
      for (; next != null; next = stream.queue.poll()) {
        if (next.isEmpty()) {
          return;
        }
        gateway.write(line("{\"sessionId\":\"" + next.get() + "\"}"));
      }
      gateway.flush();
    }
  }

  private byte[] heartbeat() {
    return line("{\"complete\":" + hints.isHearing() + "}");
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void start() {
    synchronized (streams) {
      running = true;
    }
  }

  @Override
  public void stop() {
    synchronized (streams) {
      running = false;
      streams.forEach(Stream::end);
    }
  }

  @Override
  public boolean isRunning() {
    synchronized (streams) {
      return running;
    }
  }

  /// Before the server waits for the requests that it serves.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
