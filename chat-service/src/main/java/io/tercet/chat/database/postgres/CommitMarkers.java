package io.tercet.chat.database.postgres;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tells what became of a transaction whose commit was not answered.
///
/// Each transaction that may write puts a marker into a row of the table `commit_marker`, as its
/// last statement. If the row has the marker later, the transaction was committed. The question
/// writes to the same row, so it waits for a transaction that has not ended; after the answer it
/// cannot commit any more.
///
/// The ids of PostgreSQL's transactions would not do: after a crash the server gives the id of a
/// transaction that did not reach its disk to another one. Other databases have no such ids.
///
/// - Bounds: a row for each transaction that runs at once; a row is used again when the outcome of
///   its transaction is known. Rows of services that are gone for a day are removed at a start.
/// - Threading: any thread. A [Marker] belongs to one transaction.
public final class CommitMarkers {

  private static final String WRITE =
      """
      INSERT INTO commit_marker (slot, marker, written_at) VALUES (?, ?, CURRENT_TIMESTAMP)
      ON CONFLICT (slot) DO UPDATE SET marker = excluded.marker, written_at = excluded.written_at
      """;

  /// Leaves a marker that is there as it is.
  private static final String ASK =
      """
      INSERT INTO commit_marker (slot, marker, written_at) VALUES (?, '', CURRENT_TIMESTAMP)
      ON CONFLICT (slot) DO UPDATE SET marker = commit_marker.marker RETURNING marker
      """;

  private static final String REMOVE_OLD =
      "DELETE FROM commit_marker WHERE written_at < CURRENT_TIMESTAMP - INTERVAL '1 day'";

  private final String process = UUID.randomUUID().toString();
  private final AtomicLong next = new AtomicLong();
  private final Deque<String> freeSlots = new ArrayDeque<>();
  private int slots;

  /// The marker of one transaction.
  public static final class Marker {

    private final String slot;
    private final String text;
    private boolean written;

    private Marker(String slot, String text) {
      this.slot = slot;
      this.text = text;
    }

    /// Whether the transaction came to its end, so that it may be committed.
    public boolean isWritten() {
      return written;
    }

    @Override
    public String toString() {
      return slot + "/" + text;
    }
  }

  /// A marker for a transaction that begins.
  public synchronized Marker take() {
    String slot = freeSlots.isEmpty() ? process + "-" + ++slots : freeSlots.pop();
    return new Marker(slot, Long.toString(next.incrementAndGet()));
  }

  /// Gives the row of a marker back; the outcome of its transaction is known.
  public synchronized void release(Marker marker) {
    freeSlots.push(marker.slot);
  }

  /// Writes the marker, as the last statement of its transaction.
  public void write(JdbcClient client, Marker marker) {
    client.sql(WRITE).params(marker.slot, marker.text).update();
    marker.written = true;
  }

  /// Whether the transaction of a marker was committed. Waits while it has not ended.
  public boolean isCommitted(JdbcClient client, Marker marker) {
    return marker.text.equals(client.sql(ASK).param(marker.slot).query(String.class).single());
  }

  /// Removes the rows of services that are gone.
  public void removeOld(JdbcClient client) {
    client.sql(REMOVE_OLD).update();
  }
}
