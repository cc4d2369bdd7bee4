package io.tercet.files.access;

import io.tercet.files.catalog.Editor;
import io.tercet.files.catalog.Space;
import io.tercet.files.chat.ChatClient;
import io.tercet.files.chat.JoinedRoom;
import io.tercet.files.chat.Membership;
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
/// members of the room. The person, and the creator of the room, own it: they may do what the other
/// members may not, as [Editor] says.
///
/// chat-service knows the members and the creator. A membership is cached for
/// [AccessSettings#membershipLife], so a person who leaves a room loses its folder that much later.
/// A missing membership is not cached, so a person who joins gets the folder at once.
///
/// - Threading: safe.
/// - Errors: `room-not-found` if the person is no member, as if the room did not exist.
@Component
@EnableConfigurationProperties(AccessSettings.class)
public final class AccessControl {
  private final ChatClient chat;
  private final AccessSettings settings;
  private final Clock clock;
  private final ConcurrentHashMap<Key, Cached> cache = new ConcurrentHashMap<>();

  private record Key(UUID roomId, UUID personId) {}

  private record Cached(Membership membership, Instant until) {}

  AccessControl(ChatClient chat, AccessSettings settings, Clock clock) {
    this.chat = chat;
    this.settings = settings;
    this.clock = clock;
  }

  /// Returns normally if the person may use the space, and says what the person may change there.
  public Editor check(Person person, Space space) {
    return switch (space) {
      case Space.Home(UUID owner) when owner.equals(person.personId()) -> new Editor(person, true);
      case Space.Home _ -> throw notAllowed();
      case Space.Room(UUID roomId) -> {
        Membership membership = membership(new Key(roomId, person.personId()));
        if (!membership.member()) {
          throw notAllowed();
        }
        yield new Editor(person, membership.creator());
      }
    };
  }

  /// Like [#check], for what only the owner may do.
  ///
  /// - Errors: `creator-only` for another member of a room.
  public void checkOwner(Person person, Space space) {
    if (!check(person, space).owner()) {
      throw new ProblemException(
          ProblemType.CREATOR_ONLY, "Ask the creator of the room, or use your own folder.");
    }
  }

  private static ProblemException notAllowed() {
    return new ProblemException(ProblemType.ROOM_NOT_FOUND, "Join the room first.");
  }

  /// The rooms whose folders the person may use.
  public List<JoinedRoom> roomsOf(Person person) {
    return chat.roomsOf(person.personId());
  }

  /// Whether a person still owns the folder of a room, as chat-service says now.
  public boolean isOwnerNow(UUID personId, UUID roomId) {
    Membership membership = chat.membership(roomId, personId);
    return membership.member() && membership.creator();
  }

  private Membership membership(Key key) {
    Instant now = clock.instant();
    Cached cached = cache.get(key);
    if (cached != null && cached.until().isAfter(now)) {
      return cached.membership();
    }
    Membership membership = chat.membership(key.roomId(), key.personId());
    if (membership.member()) {
      evict(now);
      cache.put(key, new Cached(membership, now.plus(settings.membershipLife())));
    } else {
      cache.remove(key);
    }
    return membership;
  }

  private void evict(Instant now) {
    if (cache.size() < settings.membershipsMax()) {
      return;
    }
    cache.values().removeIf(cached -> !cached.until().isAfter(now));
    if (cache.size() >= settings.membershipsMax()) {
      cache.clear();
    }
  }
}
