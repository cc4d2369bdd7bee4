package io.tercet.files.access;

import io.tercet.files.catalog.Space;
import io.tercet.files.chat.ChatClient;
import io.tercet.files.chat.JoinedRoom;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Decides who may use a space: a person's folder belongs to that person, a room's folder to the
/// members of the room.
///
/// chat-service knows the members. A membership is cached for [AccessSettings#membershipLife], so a
/// person who leaves a room loses its folder that much later. A missing membership is not cached,
/// so a person who joins gets the folder at once.
///
/// - Threading: safe.
/// - Errors: `room-not-found` if the person is no member, as if the room did not exist.
@Component
@EnableConfigurationProperties(AccessSettings.class)
public final class AccessControl {
  private final ChatClient chat;
  private final AccessSettings settings;
  private final Clock clock;
  private final ConcurrentHashMap<Membership, Instant> cachedUntil = new ConcurrentHashMap<>();

  private record Membership(UUID roomId, UUID personId) {}

  AccessControl(ChatClient chat, AccessSettings settings, Clock clock) {
    this.chat = chat;
    this.settings = settings;
    this.clock = clock;
  }

  /// Returns normally if the person may read and change the files of the space.
  public void check(Person person, Space space) {
    boolean allowed =
        switch (space) {
          case Space.Home(UUID owner) -> owner.equals(person.personId());
          case Space.Room(UUID roomId) -> isMember(new Membership(roomId, person.personId()));
        };
    if (!allowed) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND, "Join the room first.");
    }
  }

  /// The rooms whose folders the person may use.
  public List<JoinedRoom> roomsOf(Person person) {
    return chat.roomsOf(person.personId());
  }

  private boolean isMember(Membership membership) {
    Instant now = clock.instant();
    Instant until = cachedUntil.get(membership);
    if (until != null && until.isAfter(now)) {
      return true;
    }
    boolean member = chat.isMember(membership.roomId(), membership.personId());
    if (member) {
      evict(now);
      cachedUntil.put(membership, now.plus(settings.membershipLife()));
    } else {
      cachedUntil.remove(membership);
    }
    return member;
  }

  private void evict(Instant now) {
    if (cachedUntil.size() < settings.membershipsMax()) {
      return;
    }
    cachedUntil.values().removeIf(until -> !until.isAfter(now));
    if (cachedUntil.size() >= settings.membershipsMax()) {
      cachedUntil.clear();
    }
  }
}
