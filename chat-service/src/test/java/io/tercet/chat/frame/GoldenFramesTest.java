package io.tercet.chat.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.people.card.Status;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GoldenFramesTest {

  private static final Path CONTRACTS = Path.of("..", "contracts", "chat");
  private static final RoomId ROOM = RoomId.of("0b8f2f66-6f0e-4d1c-9a55-0d6a1b0c7e11");
  private static final Person ADA = person("3f8e0f1a-53f4-4b0b-8f5e-6f1b9b1f2a10", "ada");
  private static final Person GRACE = person("8c2f1f0e-0b57-4be0-8a5e-4b4a54f0a3b7", "grace");
  private static final Person JOHN =
      new Person(
          PersonId.of("c1a9be4e-6a6f-4a35-9d2f-2f0d86c6a1f4"), "John.Smith", "John Smith", false);
  private static final String EPOCH = "5f0c6a52-8d5e-4a55-9d0b-6e6a2f1c7d31";
  private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

  private final JsonMapper json = JsonMapper.builder().build();
  private final FrameReader reader = new FrameReader(json);
  private final FrameWriter writer = new FrameWriter(json);

  @Test
  void readsEveryGoldenClientFrame() throws IOException {
    List<ClientFrame> read = new ArrayList<>();
    for (JsonNode frame : golden("client-frames.json")) {
      assertThat(reader.read(frame.toString())).isInstanceOf(ParsedFrame.Valid.class);
      read.add(((ParsedFrame.Valid) reader.read(frame.toString())).frame());
    }
    assertThat(read)
        .containsExactly(
            new ClientFrame.Subscribe("r1", ROOM, new StartPosition.After(4711, null)),
            new ClientFrame.Subscribe("r7", ROOM, new StartPosition.After(4711, EPOCH)),
            new ClientFrame.Subscribe("r2", ROOM, new StartPosition.Latest(50)),
            new ClientFrame.Unsubscribe("r3", ROOM),
            new ClientFrame.Post("r4", ROOM, "6a0f0d9e-1", "你好, Tercet \uD83D\uDC4B", null),
            new ClientFrame.Post("r9", ROOM, "6a0f0d9e-4", "hello, ada", 4712L),
            new ClientFrame.History("r5", ROOM, 4662, 50),
            new ClientFrame.Ping("r6"));
  }

  @Test
  void writesEveryGoldenServerFrame() throws IOException {
    FileReference file =
        new FileReference(
            "9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b66",
            3,
            "plans/engine.pdf",
            "engine.pdf",
            48_213,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "application/pdf");
    Entry.Message hello = new Entry.Message("6a0f0d9e-1", "你好, Tercet \uD83D\uDC4B");
    Instant posted = EIGHT.plusMillis(1250);
    List<ServerFrame> frames =
        List.of(
            new ServerFrame.Welcome(ADA, EIGHT, 4000, Duration.ofHours(1), EPOCH),
            new ServerFrame.Subscribed("r1", ROOM, 4711, 4714),
            new ServerFrame.Unsubscribed("r3", ROOM),
            new ServerFrame.NewEntry(ROOM, entry(4712, ADA, posted, hello)),
            new ServerFrame.NewEntry(
                ROOM, entry(4712, JOHN, posted, new Entry.Message("6a0f0d9e-1", "hello"))),
            new ServerFrame.NewEntry(
                ROOM, entry(4713, GRACE, EIGHT.plusSeconds(2), new Entry.Joined())),
            new ServerFrame.NewEntry(
                ROOM, entry(4714, GRACE, EIGHT.plusSeconds(3), new Entry.Left())),
            new ServerFrame.NewEntry(
                ROOM, entry(4715, ADA, EIGHT.plusSeconds(4), new Entry.FileAdded(file))),
            new ServerFrame.NewEntry(
                ROOM,
                entry(
                    4716,
                    ADA,
                    EIGHT.plusSeconds(5),
                    new Entry.SiteChanged(
                        new SiteReference("plans", "http://plans.pages.localhost:8080/", true)))),
            new ServerFrame.NewEntry(
                ROOM, entry(4718, ADA, EIGHT.plusSeconds(7), new Entry.Edited(4712, "你好"))),
            new ServerFrame.NewEntry(
                ROOM, entry(4719, ADA, EIGHT.plusSeconds(8), new Entry.Deleted(4712))),
            new ServerFrame.NewEntry(
                ROOM, entry(4720, GRACE, EIGHT.plusSeconds(9), new Entry.Reacted(4661, "❤️"))),
            new ServerFrame.NewEntry(
                ROOM, entry(4721, GRACE, EIGHT.plusSeconds(10), new Entry.Unreacted(4661, "❤️"))),
            new ServerFrame.NewEntry(
                ROOM, entry(4722, GRACE, EIGHT.plusSeconds(11), new Entry.Pinned(4661))),
            new ServerFrame.NewEntry(
                ROOM, entry(4723, GRACE, EIGHT.plusSeconds(12), new Entry.Unpinned(4661))),
            new ServerFrame.NewEntry(
                ROOM,
                entry(
                    4717,
                    ADA,
                    EIGHT.plusSeconds(6),
                    new Entry.Other("poll", "{\"question\":\"Tea?\",\"votes\":[3,1]}"))),
            new ServerFrame.NewEntry(
                ROOM,
                entry(
                    4724,
                    GRACE,
                    EIGHT.plusSeconds(13),
                    new Entry.Message("6a0f0d9e-4", "hello, ada", 4712L))),
            new ServerFrame.NewEntry(
                ROOM,
                entry(
                    4725,
                    GRACE,
                    EIGHT.plusSeconds(14),
                    new Entry.Message(
                        "6a0f0d9e-6",
                        "@ada and @John.Smith, @room",
                        null,
                        mentions(true, false, ADA, JOHN)))),
            new ServerFrame.NewEntry(
                ROOM,
                entry(
                    4726,
                    GRACE,
                    EIGHT.plusSeconds(15),
                    new Entry.Edited(4725, "@here", mentions(false, true, ADA)))),
            new ServerFrame.Acknowledged("r4", ROOM, "6a0f0d9e-1", 4712, posted),
            new ServerFrame.History(
                "r5",
                ROOM,
                new MessagePage(List.of(marked(first(4661))), List.of(), 4661, 4661, 4719)),
            new ServerFrame.History("r8", ROOM, editedAndDeleted()),
            new ServerFrame.History("r10", ROOM, answers()),
            new ServerFrame.Presence(ROOM, 1, List.of(ADA)),
            new ServerFrame.PresenceChanged(ROOM, 1, List.of(GRACE), List.of(ADA)),
            new ServerFrame.RoomsChanged(),
            new ServerFrame.PersonChanged(
                new Card(
                    JOHN,
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    new Status("🏖️", "On holiday", EIGHT),
                    "Europe/London")),
            new ServerFrame.PersonChanged(new Card(ADA, null, new Status(null, "会议中", null), null)),
            new ServerFrame.Read(ROOM, 4712),
            new ServerFrame.Behind(ROOM, 4712),
            new ServerFrame.Pong("r6"),
            new ServerFrame.Failure(
                "r4",
                new ProblemException(
                    ProblemType.MESSAGE_TOO_LONG,
                    "A message may have 4,000 characters; this one has 4,001.")),
            new ServerFrame.Failure(
                "r7",
                new ProblemException(
                    ProblemType.TOO_FAST,
                    "Too many messages in a short time.",
                    Duration.ofMillis(2001))));
    List<JsonNode> written = new ArrayList<>();
    for (ServerFrame frame : frames) {
      written.add(json.readTree(StandardCharsets.UTF_8.decode(writer.write(frame)).toString()));
    }
    assertThat(written).containsExactlyElementsOf(golden("server-frames.json"));
  }

  /// A page of four places: two messages, and the entries that edit the one and delete the other.
  private static MessagePage editedAndDeleted() {
    Entry other =
        entry(
            2,
            ADA,
            EIGHT.minusSeconds(50),
            new Entry.Message(
                "6a0f0d9e-2", "@grace, not to be seen", null, mentions(false, false, GRACE)));
    Entry edit = entry(3, ADA, EIGHT.minusSeconds(30), new Entry.Edited(1, "first, corrected"));
    Entry deletion = entry(4, GRACE, EIGHT.minusSeconds(20), new Entry.Deleted(2));
    return new MessagePage(
        List.of(
            new CurrentEntry(first(1), edit, null, List.of(), 1, null, 4),
            new CurrentEntry(other, null, deletion, List.of(), 0, null, 4)),
        List.of(),
        1,
        4,
        4);
  }

  /// A page of two places: a message that answers an older one, and one that answers that.
  private static MessagePage answers() {
    Entry edit = entry(3, ADA, EIGHT.minusSeconds(30), new Entry.Edited(1, "first, corrected"));
    Entry.Message reply = new Entry.Message("6a0f0d9e-3", "I see", 1L);
    Entry.Message next =
        new Entry.Message("6a0f0d9e-5", "Good, @grace", 5L, mentions(false, false, GRACE));
    return new MessagePage(
        List.of(
            new CurrentEntry(
                entry(5, GRACE, EIGHT.minusSeconds(10), reply), null, null, List.of(), 1, null, 6),
            new CurrentEntry(
                entry(6, ADA, EIGHT.minusSeconds(5), next), null, null, List.of(), 0, null, 6)),
        List.of(new CurrentEntry(first(1), edit, null, List.of(), 1, null, 6)),
        5,
        6,
        6);
  }

  private static Entry.Mentions mentions(boolean room, boolean here, Person... people) {
    return new Entry.Mentions(Stream.of(people).map(Person::personId).toList(), room, here);
  }

  private static Entry first(long seq) {
    return entry(seq, ADA, EIGHT.minusSeconds(60), new Entry.Message("6a0f0d9e-0", "first"));
  }

  private static CurrentEntry marked(Entry entry) {
    return new CurrentEntry(
        entry,
        null,
        null,
        List.of(
            new CurrentEntry.Reaction("👍", 2, true),
            new CurrentEntry.Reaction("\uD83C\uDFF3️\u200D\uD83C\uDF08", 1, false)),
        0,
        entry(4670, JOHN, EIGHT.minusSeconds(5), new Entry.Pinned(entry.seq())),
        4719);
  }

  @Test
  void saysNothingOfATimeForEditsThatNeverEnds() {
    ServerFrame always = new ServerFrame.Welcome(ADA, EIGHT, 4000, Duration.ZERO, EPOCH);

    assertThat(StandardCharsets.UTF_8.decode(writer.write(always)).toString())
        .doesNotContain("editSeconds");
  }

  @Test
  void refusesEveryBadFrameAsTheContractSays() throws IOException {
    for (JsonNode bad : golden("bad-client-frames.json")) {
      ParsedFrame reading = reader.read(bad.get("message").stringValue());
      String why = bad.get("why").stringValue();
      if (bad.has("close")) {
        assertThat(reading).as(why).isInstanceOf(ParsedFrame.Malformed.class);
      } else if ("room-not-found".equals(bad.get("problem").stringValue())) {
        // A good frame as such: the room decides.
        assertThat(reading).as(why).isInstanceOf(ParsedFrame.Valid.class);
      } else {
        assertThat(reading).as(why).isInstanceOf(ParsedFrame.Invalid.class);
        ParsedFrame.Invalid refused = (ParsedFrame.Invalid) reading;
        assertThat(refused.problem().slug()).as(why).isEqualTo(bad.get("problem").stringValue());
        assertThat(refused.requestId()).as(why).isEqualTo("r1");
      }
    }
  }

  @Test
  void splitsEntriesAtAFramesEndAndAtAGap() {
    List<Entry> entries = new ArrayList<>();
    for (long seq : new long[] {1, 2, 3, 4, 7, 8}) {
      entries.add(entry(seq, ADA, EIGHT, new Entry.Message("c" + seq, "x".repeat(300))));
    }
    List<EncodedEntries> pieces = writer.write(ROOM, entries, 1_200);

    assertThat(pieces).extracting(EncodedEntries::firstSeq).containsExactly(1L, 3L, 7L);
    assertThat(pieces).extracting(EncodedEntries::lastSeq).containsExactly(2L, 4L, 8L);
    for (EncodedEntries piece : pieces) {
      String text = StandardCharsets.UTF_8.decode(piece.from(piece.firstSeq())).toString();
      assertThat(text.lines()).hasSize(2).allMatch(line -> json.readTree(line).isObject());
      assertThat(text.length()).isLessThanOrEqualTo(1_200);
    }
  }

  @Test
  void writesAnEntryOfAnUnknownKindWhateverItsDetailsAre() {
    for (String details : new String[] {null, "no JSON", "[1]", "{}"}) {
      Entry entry = entry(9, ADA, EIGHT, new Entry.Other("poll", details));
      JsonNode frame =
          json.readTree(
              StandardCharsets.UTF_8
                  .decode(writer.write(new ServerFrame.NewEntry(ROOM, entry)))
                  .toString());
      assertThat(frame.get("kind").stringValue()).isEqualTo("poll");
      assertThat(frame.has("poll")).as(details).isEqualTo("{}".equals(details));
    }
  }

  @Test
  void givesTheRestOfAPieceWithoutEncodingItAgain() {
    List<Entry> entries =
        List.of(
            entry(5, ADA, EIGHT, new Entry.Message("c5", "five")),
            entry(6, ADA, EIGHT, new Entry.Message("c6", "sechs, шесть, 六")));
    EncodedEntries piece = writer.write(ROOM, entries, 10_000).getFirst();
    String rest = StandardCharsets.UTF_8.decode(piece.from(6)).toString();
    assertThat(json.readTree(rest).get("seq").longValue()).isEqualTo(6);
    assertThat(rest).doesNotContain("\n").contains("六");
  }

  private List<JsonNode> golden(String file) throws IOException {
    List<JsonNode> frames = new ArrayList<>();
    json.readTree(Files.readString(CONTRACTS.resolve(file))).forEach(frames::add);
    assertThat(frames).isNotEmpty();
    return frames;
  }

  private static Entry entry(long seq, Person person, Instant at, Entry.Content content) {
    return new Entry(seq, person.personId(), person.name(), person.displayName(), at, content);
  }

  private static Person person(String id, String name) {
    return new Person(PersonId.of(id), name, false);
  }
}
