package io.tercet.files.quota;

import io.tercet.files.problem.ProblemException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The bytes that one upload may bring before the catalogue counts them.
///
/// Uploads that run at once share what is left, so that they cannot exceed a quota together.
///
/// - Ownership: the code that opened it closes it; that gives back what the upload took.
/// - Threading: confined.
public final class Allowance implements AutoCloseable {
  private final ConcurrentHashMap<String, Long> onTheWay;
  private final List<Remaining> accounts;
  private long taken;
  private long reserved;

  /// How many bytes an account had left when the upload began.
  record Remaining(String account, long bytes) {}

  Allowance(ConcurrentHashMap<String, Long> onTheWay, List<Remaining> accounts) {
    this.onTheWay = onTheWay;
    this.accounts = accounts;
  }

  /// Reserves bytes that the client announced; [#take] does not count them again.
  ///
  /// - Errors: `quota-exceeded`.
  Allowance announced(long bytes) {
    reserve(bytes);
    return this;
  }

  /// Counts bytes that arrived.
  ///
  /// - Errors: `quota-exceeded`.
  public void take(long bytes) {
    if (taken + bytes > reserved) {
      reserve(taken + bytes - reserved);
    }
    taken += bytes;
  }

  private void reserve(long bytes) {
    for (int i = 0; i < accounts.size(); i++) {
      Remaining account = accounts.get(i);
      long all = onTheWay.merge(account.account(), bytes, Long::sum);
      if (all > account.bytes()) {
        accounts.subList(0, i + 1).forEach(refused -> giveBack(refused, bytes));
        throw tooMany(account.bytes() - (all - bytes));
      }
    }
    reserved += bytes;
  }

  private void giveBack(Remaining account, long bytes) {
    onTheWay.computeIfPresent(
        account.account(), (_, all) -> all == bytes ? null : Long.valueOf(all - bytes));
  }

  static ProblemException tooMany(long left) {
    return Quotas.exceeded(Math.max(0, left) + " bytes are left");
  }

  @Override
  public void close() {
    accounts.forEach(account -> giveBack(account, reserved));
    reserved = 0;
  }
}
