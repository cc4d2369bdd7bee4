package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.invitation.Invitation;
import io.tercet.chat.room.invitation.InvitationSettings;
import io.tercet.chat.room.invitation.InvitationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for invitations.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InvitationStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
  private static final InvitationSettings LIMITS = new InvitationSettings(6, 5, 3, 2);

  private TestDatabases.Opened opened;
  private LogStore log;
  private InvitationStore invitations;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStores() {
    opened = open();
    log =
        new JdbcLogStore(
            opened.database(),
            new MessageSettings(Duration.ZERO, 100),
            JsonMapper.builder().build());
    invitations = new JdbcInvitationStore(opened.database(), LIMITS);
  }

  @AfterAll
  void closeStores() {
    opened.close().run();
  }

  @Test
  void showsAnInvitationToBothUntilItEnds() {
    Person ada = person();
    Person grace = person();
    RoomId room = room(ada);
    assertThat(invite(room, ada, grace)).isTrue();
    assertThat(invite(room, ada, grace)).as("it is open already").isTrue();
    Invitation open = new Invitation(grace.personId(), room, "r-" + room, ada.personId(), NOW);
    assertThat(invitations.to(grace.personId())).containsExactly(open);
    assertThat(invitations.from(ada.personId(), room)).containsExactly(open);

    assertThat(invitations.end(room, grace.personId())).contains(ada.personId());
    assertThat(invitations.end(room, grace.personId())).isEmpty();
    assertThat(invitations.to(grace.personId())).isEmpty();
  }

  @Test
  void invitesOnlyForMembersAndOnlyWhoIsNone() {
    Person ada = person();
    Person grace = person();
    RoomId room = room(ada);
    assertRefused(ProblemType.ROOM_NOT_FOUND, () -> invite(room, grace, ada));
    assertRefused(
        ProblemType.ROOM_NOT_FOUND, () -> invite(new RoomId(UUID.randomUUID()), ada, grace));
    log.apply(List.of(new LogCommand.Join(room, grace)), NOW).join();
    assertThat(invite(room, ada, grace)).isFalse();
    log.apply(List.of(new LogCommand.Leave(room, ada)), NOW).join();
    assertRefused(ProblemType.ROOM_NOT_FOUND, () -> invite(room, ada, person()));
  }

  @Test
  void isWithdrawnOnlyByWhoSentIt() {
    Person ada = person();
    Person grace = person();
    Person joan = person();
    RoomId room = room(ada);
    log.apply(List.of(new LogCommand.Join(room, joan)), NOW).join();
    invite(room, ada, grace);
    assertThat(invitations.withdraw(room, joan.personId(), grace.personId())).isFalse();
    assertThat(invitations.withdraw(room, ada.personId(), grace.personId())).isTrue();
    assertThat(invitations.to(grace.personId())).isEmpty();
  }

  @Test
  void boundsWhatOnePersonSendsToAnother() {
    Person ada = person();
    Person grace = person();
    IntStream.range(0, 3).forEach(i -> invite(room(ada), ada, grace));
    assertRefused(ProblemType.TOO_MANY_INVITATIONS, () -> invite(room(ada), ada, grace));
  }

  @Test
  void boundsWhatOnePersonHas() {
    Person grace = person();
    for (int i = 0; i < 6; i++) {
      Person other = person();
      invite(room(other), other, grace);
    }
    Person ada = person();
    assertRefused(ProblemType.TOO_MANY_INVITATIONS, () -> invite(room(ada), ada, grace));
    assertThat(invitations.to(grace.personId())).hasSize(6);
  }

  @Test
  void boundsWhatOnePersonHasSentUntilAnAnswerComes() {
    Person ada = person();
    RoomId room = room(ada);
    List<Person> invited = IntStream.range(0, 5).mapToObj(i -> person()).toList();
    invited.forEach(person -> invite(room, ada, person));
    Person next = person();
    assertRefused(ProblemType.TOO_MANY_INVITATIONS, () -> invite(room, ada, next));
    invitations.end(room, invited.getFirst().personId());
    assertThat(invite(room, ada, next)).isTrue();
  }

  @Test
  void letsInvitationsThatComeAtOncePassNoLimitTogether() throws Exception {
    Person grace = person();
    List<CompletableFuture<Void>> senders =
        IntStream.range(0, 8)
            .mapToObj(i -> {
              Person sender = person();
              List<RoomId> rooms = List.of(room(sender), room(sender));
              return CompletableFuture.runAsync(
                  () -> rooms.forEach(room -> tryToInvite(room, sender, grace)));
            })
            .toList();
    CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    assertThat(invitations.to(grace.personId())).hasSize(6);
  }

  @Test
  void refusesABlockedInviterUntilTheyAreUnblocked() {
    Person ada = person();
    Person grace = person();
    RoomId room = room(ada);
    invite(room, ada, grace);
    invitations.block(grace.personId(), ada.personId(), NOW);
    invitations.block(grace.personId(), ada.personId(), NOW);
    assertThat(invitations.to(grace.personId())).isEmpty();
    assertThat(invitations.blockedBy(grace.personId())).containsExactly(ada.personId());
    assertRefused(ProblemType.INVITATIONS_BLOCKED, () -> invite(room, ada, grace));

    invitations.unblock(grace.personId(), ada.personId());
    assertThat(invite(room, ada, grace)).isTrue();
  }

  @Test
  void boundsWhomOnePersonBlocks() {
    Person grace = person();
    invitations.block(grace.personId(), person().personId(), NOW);
    invitations.block(grace.personId(), person().personId(), NOW);
    PersonId third = person().personId();
    assertRefused(
        ProblemType.TOO_MANY_BLOCKED, () -> invitations.block(grace.personId(), third, NOW));
  }

  private boolean invite(RoomId room, Person inviter, Person invited) {
    return invitations.add(room, inviter.personId(), invited.personId(), NOW);
  }

  private void tryToInvite(RoomId room, Person inviter, Person invited) {
    try {
      invite(room, inviter, invited);
    } catch (ProblemException full) {
      assertThat(full.type()).isEqualTo(ProblemType.TOO_MANY_INVITATIONS);
    }
  }

  private static void assertRefused(ProblemType type, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.type()).isEqualTo(type));
  }

  private RoomId room(Person creator) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    Name name = Name.ofRoom("r-" + roomId);
    log.apply(List.of(new LogCommand.Create(roomId, creator, name, "", Visibility.PRIVATE)), NOW)
        .join();
    return roomId;
  }

  private Person person() {
    PersonId personId = new PersonId(UUID.randomUUID());
    opened
        .database()
        .write(client ->
            client
                .sql(
                    """
                    INSERT INTO person
                      (person_id, name, name_key, password_hash, created_at, last_seen_at)
                    VALUES (?, ?, ?, 'x', 0, 0)
                    """)
                .params(personId.toString(), personId.toString(), personId.toString())
                .update());
    return new Person(personId, personId.toString(), false);
  }
}
