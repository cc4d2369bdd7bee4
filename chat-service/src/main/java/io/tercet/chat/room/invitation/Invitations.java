package io.tercet.chat.room.invitation;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Invitations to rooms: a member invites, and the person accepts
/// ([io.tercet.chat.room.Rooms#join]) or declines.
///
/// Until then the person knows the name of the room and who invited them, and nothing else. Only
/// accepting writes to the log. An invitation stays open when its sender leaves the room.
///
/// Threading: any thread. Errors: a [ProblemException], as each method says. The limits are in
/// [InvitationSettings].
@Component
@EnableConfigurationProperties(InvitationSettings.class)
public class Invitations {

  private static final Logger log = LoggerFactory.getLogger(Invitations.class);

  private final InvitationStore store;
  private final HintBroker hints;
  private final InstantSource clock;

  Invitations(InvitationStore store, HintBroker hints, InstantSource clock) {
    this.store = store;
    this.hints = hints;
    this.clock = clock;
  }

  /// Invites a person; false if they are a member already. Throws `room-not-found` if the inviter
  /// is no member, `invitations-blocked` or `too-many-invitations`.
  public boolean invite(RoomId roomId, PersonId inviterId, PersonId personId) {
    boolean open = store.add(roomId, inviterId, personId, clock.instant());
    if (open) {
      log.info("invited: roomId={} inviterId={} personId={}", roomId, inviterId, personId);
      changed(personId);
    }
    return open;
  }

  /// The open invitations to a person, newest first.
  public List<Invitation> to(PersonId personId) {
    return store.to(personId);
  }

  /// The open invitations that a person sent to one room, newest first.
  public List<Invitation> from(PersonId inviterId, RoomId roomId) {
    return store.from(inviterId, roomId);
  }

  /// Declines an invitation; false if there was none.
  public boolean decline(RoomId roomId, PersonId personId) {
    return store
        .end(roomId, personId)
        .map(inviterId -> {
          changed(personId);
          changed(inviterId);
          return true;
        })
        .orElse(false);
  }

  /// Takes an invitation back that this person sent, if it is open.
  public void withdraw(RoomId roomId, PersonId inviterId, PersonId personId) {
    if (store.withdraw(roomId, inviterId, personId)) {
      changed(personId);
    }
  }

  /// Blocks a person from inviting another, and ends their open invitations to them. Throws
  /// `too-many-blocked`.
  public void block(PersonId personId, PersonId inviterId) {
    store.block(personId, inviterId, clock.instant());
    changed(personId);
    changed(inviterId);
  }

  public void unblock(PersonId personId, PersonId inviterId) {
    store.unblock(personId, inviterId);
  }

  /// Whom a person has blocked, in no order.
  public List<PersonId> blockedBy(PersonId personId) {
    return store.blockedBy(personId);
  }

  private void changed(PersonId personId) {
    hints.publish(new Hint.PersonChanged(personId.value()));
  }
}
