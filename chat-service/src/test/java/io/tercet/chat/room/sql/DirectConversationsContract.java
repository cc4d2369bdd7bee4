package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.NOW;
import static io.tercet.chat.room.sql.TestLog.refusal;
import static io.tercet.chat.room.sql.TestLog.seq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.ListedRoom;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomCursor;
import io.tercet.chat.room.RoomStore;
import io.tercet.chat.room.direct.DirectConversationStore;
import io.tercet.chat.room.direct.DirectConversationStore.Opened;
import io.tercet.chat.room.direct.DirectPeople;
import io.tercet.chat.room.direct.DirectSettings;
import io.tercet.chat.room.invitation.InvitationSettings;
import io.tercet.chat.room.invitation.InvitationStore;
import io.tercet.chat.room.sql.direct.TestDirect;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every database must do for direct conversations.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DirectConversationsContract {

  private static final DirectSettings LIMITS = new DirectSettings(3, 5);
  private static final String THUMB = "👍";

  private TestDatabases.Opened opened;
  private TestLog log;
  private DirectConversationStore conversations;
  private InvitationStore invitations;
  private RoomStore rooms;
  private Person ada;
  private Person grace;
  private Person joan;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStores() {
    opened = open();
    log = new TestLog(opened.database());
    conversations = TestDirect.over(opened.database(), LIMITS);
    invitations =
        new JdbcInvitationStore(opened.database(), new InvitationSettings(50, 100, 5, 1000));
    rooms = new JdbcRoomStore(opened.database(), TestReading.SETTINGS);
  }

  @AfterAll
  void closeStores() {
    opened.close().run();
  }

  @BeforeEach
  void threePeopleShareARoom() {
    ada = person("ada");
    grace = person("grace");
    joan = person("joan");
    log.room(ada, grace, joan);
  }

  @Test
  void areOneForTheSamePeople() {
    Opened first = open(ada, grace);
    assertThat(first.isNew()).isTrue();
    assertThat(open(ada, grace)).isEqualTo(new Opened(first.roomId(), false));
    assertThat(open(grace, ada)).isEqualTo(new Opened(first.roomId(), false));

    Opened ofThree = open(joan, ada, grace);
    assertThat(ofThree.isNew()).isTrue();
    assertThat(ofThree.roomId()).isNotEqualTo(first.roomId());
    assertThat(open(ada, grace, joan)).isEqualTo(new Opened(ofThree.roomId(), false));
  }

  @Test
  void areOneForPeopleWhoAskAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      Person ida = person("ida");
      Person mary = person("mary");
      log.room(ida, mary);
      List<CompletableFuture<Opened>> both =
          List.of(
              CompletableFuture.supplyAsync(() -> open(ida, mary)),
              CompletableFuture.supplyAsync(() -> open(mary, ida)),
              CompletableFuture.supplyAsync(() -> open(ida, mary)));
      CompletableFuture.allOf(both.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

      assertThat(both).extracting(each -> each.join().roomId()).containsOnly(roomOf(ida));
      assertThat(both).filteredOn(each -> each.join().isNew()).hasSize(1);
      assertThat(memberCount(roomOf(ida))).isEqualTo(2);
    }
  }

  @Test
  void isAPrivateRoomOfItsPeopleWithoutAnOwner() {
    RoomId room = open(ada, joan, grace).roomId();

    Room seen = rooms.find(room, ada.personId()).orElseThrow();
    assertThat(seen.isDirect()).isTrue();
    assertThat(seen.role()).isEqualTo(Role.MEMBER);
    assertThat(seen.people()).containsExactlyInAnyOrder(id(ada), id(grace), id(joan));
    assertThat(seen.memberCount()).isEqualTo(3);
    assertThat(Set.of(seen.name().split(", "))).isEqualTo(Set.of(joan.name(), grace.name()));
    assertThat(seen.visibility().name()).isEqualTo("PRIVATE");
    assertThat(rooms.isCreator(room, id(ada))).isFalse();
    assertThat(rooms.find(log.room(ada), id(ada)).orElseThrow().isDirect()).isFalse();
  }

  @Test
  void othersAreMembersFromTheFirstMessageOn() {
    RoomId room = open(ada, grace, joan).roomId();
    assertThat(own(ada)).contains(room);
    assertThat(own(grace)).doesNotContain(room);
    assertThat(refusal(log.apply(log.post(room, grace, "too early"))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
    long version = roomsVersion(grace);

    CommandResult first = log.apply(log.post(room, ada, "hello"));
    assertThat(seq(first)).isEqualTo(1);
    assertThat(((CommandResult.Appended) first).admitted())
        .containsExactlyInAnyOrder(id(grace), id(joan));
    for (Person other : List.of(grace, joan)) {
      assertThat(own(other)).contains(room);
      assertThat(unread(room, other)).isEqualTo(1);
    }
    assertThat(roomsVersion(grace)).isEqualTo(version + 1);
    assertThat(memberCount(room)).isEqualTo(3);
    CommandResult second = log.apply(log.post(room, grace, "hello, ada"));
    assertThat(((CommandResult.Appended) second).admitted()).isEmpty();
    assertThat(unread(room, ada)).isEqualTo(1);
  }

  @Test
  void othersAreMembersFromTheFirstFileOnAndOnceInABatch() {
    RoomId room = open(ada, grace).roomId();

    List<CommandResult> results =
        log.apply(List.of(file(room, ada), log.post(room, ada, "a"), log.post(room, grace, "b")));
    assertThat(results).extracting(TestLog::seq).containsExactly(1L, 2L, 3L);
    assertThat(((CommandResult.Appended) results.getFirst()).admitted()).containsExactly(id(grace));
    assertThat(memberCount(room)).isEqualTo(2);
  }

  @Test
  void whoOpensAnEmptyOneTooIsAMember() {
    RoomId room = open(ada, grace).roomId();
    assertThat(open(grace, ada)).isEqualTo(new Opened(room, false));
    assertThat(memberCount(room)).isEqualTo(2);
    CommandResult first = log.apply(log.post(room, grace, "I am first"));
    assertThat(((CommandResult.Appended) first).admitted()).isEmpty();
  }

  @Test
  void whoLeftThroughAnEarlierVersionComesBackWithTheNextMessage() {
    RoomId room = open(ada, grace).roomId();
    log.append(log.post(room, ada, "hello"));
    opened
        .database()
        .write(client ->
            client
                .sql("DELETE FROM member WHERE room_id = ? AND person_id = ?")
                .params(room.toString(), id(grace).toString())
                .update());
    assertThat(own(grace)).doesNotContain(room);

    log.append(log.post(room, ada, "hello?"));
    assertThat(own(grace)).contains(room);
  }

  @Test
  void nobodyJoinsLeavesOrIsInvited() {
    Person stranger = person("stranger");
    RoomId room = open(ada, grace).roomId();
    log.append(log.post(room, ada, "hello"));

    assertThat(refusal(log.apply(new LogCommand.Join(room, grace))))
        .isEqualTo(ProblemType.DIRECT_CONVERSATION);
    assertThat(refusal(log.apply(new LogCommand.Leave(room, ada))))
        .isEqualTo(ProblemType.DIRECT_CONVERSATION);
    for (LogCommand command :
        List.of(
            new LogCommand.Join(room, stranger),
            new LogCommand.Accept(room, stranger),
            new LogCommand.Leave(room, stranger))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
    }
    assertRefused(
        ProblemType.DIRECT_CONVERSATION,
        () -> invitations.add(room, id(ada), id(stranger), NOW));
    assertRefused(
        ProblemType.ROOM_NOT_FOUND, () -> invitations.add(room, id(stranger), id(joan), NOW));
  }

  @Test
  void onlyWhoSharesARoomOpensOne() {
    Person stranger = person("stranger");
    log.room(stranger);
    assertRefused(ProblemType.PERSON_NOT_FOUND, () -> open(stranger, ada));
    assertRefused(ProblemType.PERSON_NOT_FOUND, () -> open(ada, grace, stranger));
    Person unknown = new Person(new PersonId(UUID.randomUUID()), "unknown", false);
    assertRefused(ProblemType.PERSON_NOT_FOUND, () -> open(ada, unknown));
    assertThat(own(ada)).hasSize(1);
    assertThat(own(stranger)).hasSize(1);

    log.room(grace, stranger);
    assertThat(open(stranger, grace).isNew()).isTrue();
    assertRefused(ProblemType.PERSON_NOT_FOUND, () -> open(stranger, ada));
  }

  /// The service looks at the first five rooms of each.
  @Test
  void looksForASharedRoomAmongABoundedNumber() {
    Person busy = person("busy");
    Person fresh = person("fresh");
    IntStream.range(0, 5).forEach(each -> log.room(busy));
    joinLater(log.room(fresh), busy);
    assertThat(open(busy, fresh).isNew()).as("it is the first room of the other").isTrue();

    Person asBusy = person("as-busy");
    IntStream.range(0, 5).forEach(each -> log.room(asBusy));
    RoomId late = log.room(joan);
    joinLater(late, busy);
    joinLater(late, asBusy);
    assertRefused(ProblemType.PERSON_NOT_FOUND, () -> open(busy, asBusy));
  }

  private void joinLater(RoomId room, Person person) {
    log.store.apply(List.of(new LogCommand.Join(room, person)), NOW.plusSeconds(1)).join();
  }

  @Test
  void whoIsBlockedOpensNone() {
    invitations.block(id(grace), id(ada), NOW);
    assertRefused(ProblemType.MESSAGES_BLOCKED, () -> open(ada, grace));
    assertRefused(ProblemType.MESSAGES_BLOCKED, () -> open(ada, joan, grace));
    assertThat(own(ada)).hasSize(1);
    assertThat(open(grace, ada).isNew()).isTrue();
    assertRefused(ProblemType.MESSAGES_BLOCKED, () -> open(ada, grace));
  }

  @Test
  void whoIsBlockedAddsNothingToAConversationOfTwo() {
    RoomId room = open(ada, grace).roomId();
    LogCommand sent = log.post(room, ada, "hello");
    long hello = seq(log.apply(sent));
    long answer = log.append(log.post(room, grace, "hello, ada"));
    log.append(TestLog.react(room, ada, answer, THUMB));
    invitations.block(id(grace), id(ada), NOW);

    for (LogCommand command :
        List.of(
            log.post(room, ada, "please"),
            TestLog.edit(room, ada, hello, "please"),
            TestLog.react(room, ada, answer, "🙏"),
            TestLog.pin(room, ada, answer))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.MESSAGES_BLOCKED);
    }
    assertThat(refusal(log.apply(file(room, ada)))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
    assertThat(log.apply(sent)).as("it came before").isEqualTo(new CommandResult.Duplicate(1, NOW));
    assertThat(seq(log.apply(log.post(room, grace, "I do not listen")))).isEqualTo(4);
    assertThat(seq(log.apply(TestLog.unreact(room, ada, answer, THUMB)))).isEqualTo(5);
    assertThat(seq(log.apply(TestLog.delete(room, ada, hello)))).isEqualTo(6);
    assertThat(refusal(log.apply(log.post(room, joan, "and I?"))))
        .as("a stranger learns nothing")
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);

    invitations.unblock(id(grace), id(ada));
    assertThat(seq(log.apply(log.post(room, ada, "thank you")))).isEqualTo(7);
  }

  @Test
  void whoIsBlockedWritesOnWhereMoreThanTwoAre() {
    RoomId room = open(ada, grace, joan).roomId();
    invitations.block(id(grace), id(ada), NOW);
    assertThat(seq(log.apply(log.post(room, ada, "hello")))).isEqualTo(1);
  }

  @Test
  void nothingOfABlockedPersonIsWrittenAfterTheBlocking() throws Exception {
    for (int round = 0; round < 10; round++) {
      Person ida = person("ida");
      Person mary = person("mary");
      log.room(ida, mary);
      RoomId room = open(ida, mary).roomId();
      log.append(log.post(room, ida, "hello"));
      List<LogCommand> posts =
          IntStream.range(0, 20).mapToObj(each -> log.post(room, ida, "again")).toList();

      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> posts.forEach(each -> log.apply(each)));
      invitations.block(id(mary), id(ida), NOW);
      long last = rooms.find(room, id(mary)).orElseThrow().lastSeq();
      writing.get(60, TimeUnit.SECONDS);

      assertThat(rooms.find(room, id(mary)).orElseThrow().lastSeq()).isEqualTo(last);
    }
  }

  @Test
  void boundsHowManyOnePersonOpens() throws Exception {
    List<Person> others = IntStream.range(0, 5).mapToObj(each -> person("other")).toList();
    others.forEach(other -> log.room(other, ada));
    List<CompletableFuture<Boolean>> all =
        others.stream()
            .map(other -> CompletableFuture.supplyAsync(() -> tryToOpen(other)))
            .toList();
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    assertThat(all).filteredOn(CompletableFuture::join).hasSize(3);
    assertRefused(ProblemType.TOO_MANY_CONVERSATIONS, () -> open(ada, grace));

    assertThat(open(grace, ada).isNew()).as("another one opens it").isTrue();
    assertThat(open(ada, grace).isNew()).isFalse();
  }

  @Test
  void isFoundByItsMembers() {
    DirectPeople people = DirectPeople.of(id(ada), List.of(id(grace)));
    assertThat(conversations.find(people, id(ada))).isEmpty();
    RoomId room = open(ada, grace).roomId();
    assertThat(conversations.find(people, id(ada))).contains(room);
    assertThat(conversations.find(people, id(grace))).isEmpty();
  }

  private boolean tryToOpen(Person other) {
    try {
      return open(ada, other).isNew();
    } catch (ProblemException full) {
      assertThat(full.type()).isEqualTo(ProblemType.TOO_MANY_CONVERSATIONS);
      return false;
    }
  }

  private Opened open(Person opener, Person... others) {
    List<PersonId> ids = Arrays.stream(others).map(Person::personId).toList();
    return conversations.open(DirectPeople.of(id(opener), ids), id(opener), NOW);
  }

  private RoomId roomOf(Person person) {
    return own(person).stream()
        .filter(room -> rooms.find(room, id(person)).orElseThrow().isDirect())
        .findFirst()
        .orElseThrow();
  }

  private Set<RoomId> own(Person person) {
    Stream<ListedRoom> listed = rooms.own(id(person), RoomCursor.own(null), 100).stream();
    return listed.map(each -> each.room().roomId()).collect(Collectors.toSet());
  }

  private int unread(RoomId room, Person person) {
    return rooms.find(room, id(person)).orElseThrow().unread();
  }

  private int memberCount(RoomId room) {
    return opened
        .database()
        .read(client ->
            client
                .sql("SELECT member_count FROM room WHERE room_id = ?")
                .param(room.toString())
                .query(Integer.class)
                .single());
  }

  private long roomsVersion(Person person) {
    return opened
        .database()
        .read(client ->
            client
                .sql("SELECT rooms_version FROM person WHERE person_id = ?")
                .param(id(person).toString())
                .query(Long.class)
                .single());
  }

  private static LogCommand file(RoomId room, Person person) {
    String sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    FileReference file = new FileReference("f", 1, "a.txt", "a.txt", 1, sha256, "text/plain");
    return new LogCommand.AddFile(room, person, UUID.randomUUID().toString(), file);
  }

  private Person person(String name) {
    return log.person(name + "-" + UUID.randomUUID());
  }

  private static PersonId id(Person person) {
    return person.personId();
  }

  private static void assertRefused(ProblemType type, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.type()).isEqualTo(type));
  }
}
