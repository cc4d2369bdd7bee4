package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.delivery.outbound.SendBudget.Claim;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Bounds the memory of those who read pages of the log: the entries of a page take many times what
/// is sent of it.
///
/// - Bounds: [DeliverySettings#pagesAtOnce] turns at the same time. Pages that are being written to
///   a client over HTTP count in the budget of what waits to be sent, and each person has
///   [DeliverySettings#pagesPerPersonMax].
/// - Threading: any thread.
@Component
public class PageTurns {

  /// The part of the budget that all pages over HTTP share.
  private static final int HTTP_PARTS = 8;

  private final Semaphore turns;
  private final int pagesPerPersonMax;
  private final SendBudget budget;
  private final Map<PersonId, Integer> written = new ConcurrentHashMap<>();

  PageTurns(DeliverySettings settings, Connections connections) {
    this.turns = new Semaphore(settings.pagesAtOnce(), true);
    this.pagesPerPersonMax = settings.pagesPerPersonMax();
    this.budget = connections.budget().share(connections.budget().bytesMax() / HTTP_PARTS);
  }

  /// Reads and encodes a page when it is its turn.
  public <T extends @Nullable Object> T take(Supplier<T> page) {
    turns.acquireUninterruptibly();
    try {
      return page.get();
    } finally {
      turns.release();
    }
  }

  /// Writes a page to a client, as slowly as that reads. Throws `too-fast` or `service-unavailable`
  /// before the first byte if too many pages are being written.
  public void write(PersonId reader, byte[] page, OutputStream out) throws IOException {
    if (written.merge(reader, 1, Integer::sum) > pagesPerPersonMax) {
      done(reader);
      throw new ProblemException(
          ProblemType.TOO_FAST, "Read " + pagesPerPersonMax + " pages at once at most.");
    }
    try {
      if (!budget.tryAdd(page.length, Claim.FIRST_ENTRIES)) {
        throw new ProblemException(
            ProblemType.SERVICE_UNAVAILABLE, "Too much waits to be sent. Ask again soon.");
      }
      try {
        out.write(page);
        out.flush();
      } finally {
        budget.remove(page.length);
      }
    } finally {
      done(reader);
    }
  }

  private void done(PersonId reader) {
    written.computeIfPresent(reader, (id, pages) -> pages == 1 ? null : pages - 1);
  }
}
