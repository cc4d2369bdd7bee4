package io.tercet.files.limit;

import io.tercet.files.identity.ClientNetwork;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Places for what goes on at once: so many in all, for one person, and from one address.
///
/// The addresses of one IPv6 network (/64) count as one, because one client has all of them.
///
/// - Threading: guarded by `lock`.
public final class Places {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Shares shares;
  private final ProblemType pastShare;
  private final String what;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Integer> byPerson = new HashMap<>();
  private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();
  private int taken;

  /// @param pastShare the problem of a person or address that takes more than a share
  /// @param what what takes a place, for the detail: `uploads`
  public Places(Shares shares, ProblemType pastShare, String what) {
    this.shares = shares;
    this.pastShare = pastShare;
    this.what = what;
  }

  /// Takes a place; the caller runs the result once to give it back.
  ///
  /// - Errors: `pastShare`, or `service-unavailable` if every place is taken.
  public Runnable take(Person person, InetAddress address) {
    UUID personId = person.personId();
    ClientNetwork network = ClientNetwork.of(address);
    lock.lock();
    try {
      checkShare(byPerson.getOrDefault(personId, 0), shares.perPerson());
      checkShare(byNetwork.getOrDefault(network, 0), shares.perAddress());
      if (taken == shares.all()) {
        throw ProblemException.retry(
            ProblemType.SERVICE_UNAVAILABLE, "Too many " + what + " at once.", RETRY_AFTER);
      }
      taken++;
      byPerson.merge(personId, 1, Integer::sum);
      byNetwork.merge(network, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
    return () -> giveBack(personId, network);
  }

  private void checkShare(int used, int most) {
    if (used >= most) {
      throw ProblemException.retry(
          pastShare,
          "You may have " + most + " " + what + " at once: wait until one is complete.",
          RETRY_AFTER);
    }
  }

  private void giveBack(UUID personId, ClientNetwork network) {
    lock.lock();
    try {
      taken--;
      byPerson.computeIfPresent(personId, (_, count) -> count == 1 ? null : count - 1);
      byNetwork.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }
}
