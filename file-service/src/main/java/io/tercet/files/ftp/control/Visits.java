package io.tercet.files.ftp.control;

import io.tercet.files.identity.ClientNetwork;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All control connections, and the shares of addresses and people in them.
///
/// Whoever has not signed in yet makes way: past a bound, a new connection takes the place of the
/// oldest of these. So connections that never sign in keep nobody out, and people who signed in
/// keep theirs.
///
/// - Threading: safe. `lock` guards the fields and all visits; no I/O happens under it.
public final class Visits {
  private static final String FULL = "421 Too many connections: try again later.\r\n";
  private static final String SHARE =
      "421 Too many connections from your address: close one, or try again later.\r\n";
  private static final String MADE_WAY =
      "421 Many connections wait here to sign in: try again, and sign in at once.\r\n";

  private final ConnectionSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  // In the order of their arrival.
  private final Set<Visit> visits = new LinkedHashSet<>();
  // Told to end, and still there.
  private final Set<Visit> ending = new LinkedHashSet<>();

  public Visits(ConnectionSettings settings) {
    this.settings = settings;
  }

  /// Counts a new connection, or ends it with a reply.
  boolean enter(Visit visit) {
    List<Visit> displaced = new ArrayList<>();
    String refusal;
    lock.lock();
    try {
      refusal = makeRoom(visit.address(), displaced);
      (refusal == null ? visits : ending).add(visit);
    } finally {
      lock.unlock();
    }
    displaced.forEach(oldest -> oldest.end(MADE_WAY, false));
    if (refusal != null) {
      visit.end(refusal, false);
    }
    return refusal == null;
  }

  private @Nullable String makeRoom(ClientNetwork address, List<Visit> displaced) {
    Predicate<Visit> sameAddress = visit -> visit.address().equals(address);
    Predicate<Visit> unsigned = visit -> visit.personId == null;
    if (count(sameAddress.and(unsigned)) >= settings.unsignedPerAddressMax()) {
      displace(sameAddress.and(unsigned), displaced);
    }
    if (count(sameAddress) >= settings.perAddressMax()
        && !displace(sameAddress.and(unsigned), displaced)) {
      return SHARE;
    }
    boolean room = visits.size() < settings.max() || displace(unsigned, displaced);
    return room ? null : FULL;
  }

  private int count(Predicate<Visit> which) {
    return (int) visits.stream().filter(which).count();
  }

  private boolean displace(Predicate<Visit> which, List<Visit> displaced) {
    Visit oldest = visits.stream().filter(which).findFirst().orElse(null);
    if (oldest == null) {
      return false;
    }
    visits.remove(oldest);
    ending.add(oldest);
    displaced.add(oldest);
    return true;
  }

  /// Counts a connection for the person who signed in on it. False if the person has too many, or
  /// if the connection made way meanwhile.
  boolean signIn(Visit visit, UUID personId) {
    lock.lock();
    try {
      if (!visits.contains(visit)
          || count(other -> personId.equals(other.personId)) >= settings.perPersonMax()) {
        return false;
      }
      visit.personId = personId;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave(Visit visit) {
    lock.lock();
    try {
      visits.remove(visit);
      ending.remove(visit);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the connections that take too long to sign in, and those that do not end by themselves;
  /// `now` as of [System#nanoTime].
  public void endLateOnes(long now) {
    List<Visit> stubborn;
    List<Visit> late;
    lock.lock();
    try {
      stubborn = List.copyOf(ending);
      late = visits.stream().filter(visit -> isLate(visit, now)).toList();
      late.forEach(visits::remove);
      ending.addAll(late);
    } finally {
      lock.unlock();
    }
    stubborn.forEach(visit -> visit.end("", true));
    String reply =
        "421 Sign in within " + settings.signInMax().toSeconds() + " s: connect again.\r\n";
    late.forEach(visit -> visit.end(reply, false));
  }

  private boolean isLate(Visit visit, long now) {
    return visit.personId == null && now - visit.since() >= settings.signInMax().toNanos();
  }

  /// How many connections there are.
  public int size() {
    lock.lock();
    try {
      return visits.size();
    } finally {
      lock.unlock();
    }
  }
}
