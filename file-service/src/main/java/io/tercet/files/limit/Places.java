package io.tercet.files.upload;

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

/// The places for uploads that run at once: so many in all, for one person, and from one address.
///
/// The addresses of one IPv6 network (/64) count as one, because one client has all of them.
///
/// - Threading: guarded by `lock`.
final class UploadPlaces {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final UploadSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Integer> byPerson = new HashMap<>();
  private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();
  private int taken;

  UploadPlaces(UploadSettings settings) {
    this.settings = settings;
  }

  /// Takes a place; the caller runs the result once to give it back.
  ///
  /// - Errors: `too-many-uploads` past a share, `service-unavailable` if every place is taken.
  Runnable take(Person person, InetAddress address) {
    UUID personId = person.personId();
    ClientNetwork network = ClientNetwork.of(address);
    lock.lock();
    try {
      checkShare(byPerson.getOrDefault(personId, 0), settings.concurrentPerPersonMax());
      checkShare(byNetwork.getOrDefault(network, 0), settings.concurrentPerAddressMax());
      if (taken == settings.concurrentMax()) {
        throw ProblemException.retry(
            ProblemType.SERVICE_UNAVAILABLE, "Too many uploads at once.", RETRY_AFTER);
      }
      taken++;
      byPerson.merge(personId, 1, Integer::sum);
      byNetwork.merge(network, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
    return () -> giveBack(personId, network);
  }

  private static void checkShare(int used, int most) {
    if (used >= most) {
      throw ProblemException.retry(
          ProblemType.TOO_MANY_UPLOADS,
          "You may send " + most + " files at once: wait until one is complete.",
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
