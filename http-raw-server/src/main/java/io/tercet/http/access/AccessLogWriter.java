package io.tercet.http.access;

import io.tercet.http.connection.AccessLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Writes the access log on a thread of its own.
///
/// A thread that serves puts an entry into a queue and goes on: it takes no lock, makes no system
/// call and formats no text. The writer looks at the queue fifty times a second, because waking it
/// for each entry would cost more than the entry, and writes in pieces of 64 KiB. It is woken early
/// only when many entries wait: each garbage collection copies waiting entries, and a thread that
/// serves on the same core waits until all are written.
///
/// - Bounds: waiting entries take at most `bytesMax` of memory, by estimate. Entries past that are
///   dropped and counted ([#dropped()]), as are lines that cannot be written.
/// - Threading: [#add] by any number of threads; [#close()] once, when they have ended.
/// - Errors: a failed write is logged once, until one succeeds again.
public final class AccessLogWriter implements AccessLog, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AccessLogWriter.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final long FOLLOW_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long CLOSE_MILLIS = 5_000;
  private static final int BATCH_BYTES = 64 * 1024;

  /// So much that waits is written without delay: a few hundred entries.
  private static final int MANY_BYTES = 128 * 1024;

  /// What an entry costs beside the head of its request.
  private static final int ENTRY_BYTES = 300;

  private final RotatedFile file;
  private final LogFormat format;
  private final InstantSource clock;
  private final long bytesMax;
  private final long pauseNanos;
  private final ConcurrentLinkedQueue<Entry> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final LineBuffer text = new LineBuffer();
  private final Thread thread;
  private volatile boolean stopping;
  private boolean failing;
  private long nextFollow;

  private AccessLogWriter(
      RotatedFile file, LogFormat format, InstantSource clock, long bytesMax, Duration pause) {
    this.file = file;
    this.format = format;
    this.clock = clock;
    this.bytesMax = bytesMax;
    pauseNanos = pause.toNanos();
    thread = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
  }

  /// Writes to a file from now on.
  ///
  /// @param name of the file; `-` is standard output
  /// @param bytesMax of memory for entries that wait to be written
  /// @throws IOException with the system's reason when the file cannot be opened
  public static AccessLogWriter start(
      String name, LogFormat format, InstantSource clock, long bytesMax) throws IOException {
    return start(name, format, clock, bytesMax, PAUSE);
  }

  /// @param pause between two looks at the queue, if nobody wakes it
  static AccessLogWriter start(
      String name, LogFormat format, InstantSource clock, long bytesMax, Duration pause)
      throws IOException {
    RotatedFile file =
        name.equals("-") ? RotatedFile.standardOutput() : RotatedFile.open(Path.of(name));
    AccessLogWriter writer = new AccessLogWriter(file, format, clock, bytesMax, pause);
    writer.thread.start();
    return writer;
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public void add(Entry entry) {
    if (queuedBytes.get() >= bytesMax) {
      dropped.increment();
      return;
    }
    int weight = weight(entry);
    long before = queuedBytes.getAndAdd(weight);
    queue.add(entry);
    if (before < MANY_BYTES && before + weight >= MANY_BYTES) {
      LockSupport.unpark(thread);
    }
  }

  /// How many entries were never written.
  public long dropped() {
    return dropped.sum();
  }

  /// Writes the entries that still wait, for 5 s at most, and ends.
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (file) {
      boolean last = false;
      while (!last) {
        // Read before the queue is: what was added before the stop is written.
        last = stopping;
        follow(System.nanoTime());
        while (writeBatch()) {
          follow(System.nanoTime());
        }
        if (!last) {
          LockSupport.parkNanos(this, pauseNanos);
        }
      }
    } catch (IOException failure) {
      failed(failure);
    }
  }

  private void follow(long now) {
    if (now - nextFollow < 0) {
      return;
    }
    nextFollow = now + FOLLOW_NANOS;
    try {
      file.follow();
    } catch (IOException failure) {
      failed(failure);
    }
  }

  /// Writes some of what waits; false if nothing did.
  private boolean writeBatch() {
    long epochOffset = clock.millis() - System.nanoTime() / 1_000_000;
    int lines = 0;
    long bytes = 0;
    text.clear();
    while (text.length() < BATCH_BYTES) {
      Entry entry = queue.poll();
      if (entry == null) {
        break;
      }
      format.append(entry, entry.begun() / 1_000_000 + epochOffset, text);
      bytes += weight(entry);
      lines++;
    }
    if (lines == 0) {
      return false;
    }
    queuedBytes.getAndAdd(-bytes);
    try {
      file.write(text.bytes());
      failing = false;
    } catch (IOException failure) {
      dropped.add(lines);
      failed(failure);
    }
    return true;
  }

  private void failed(IOException failure) {
    if (!failing) {
      failing = true;
      LOG.log(System.Logger.Level.WARNING, "write access log failed: " + failure.getMessage());
    }
  }

  private static int weight(Entry entry) {
    return entry.request() == null ? ENTRY_BYTES : ENTRY_BYTES + entry.request().headers().bytes();
  }
}
