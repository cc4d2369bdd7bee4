package io.tercet.chat.frame;

import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.card.Card;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes frames, and the entries in them, as JSON in UTF-8.
///
/// Immutable; any thread. Source: contracts/chat/frames.md.
@Component
public class FrameWriter {

  private static final int FRAME_BYTES_USUAL = 256;

  private final JsonMapper json;
  private final EntryWriter entryWriter;

  FrameWriter(JsonMapper json) {
    this.json = json;
    this.entryWriter = new EntryWriter(json);
  }

  /// One frame, without a line break.
  public ByteBuffer write(ServerFrame frame) {
    return ByteBuffer.wrap(bytes(out -> writeFrame(out, frame)));
  }

  /// Entry frames of one room, ascending, in pieces without a gap and of at most `bytesMax`: each
  /// piece is one text message, encoded once for all receivers.
  public List<EncodedEntries> write(RoomId roomId, List<Entry> entries, int bytesMax) {
    List<EncodedEntries> pieces = new ArrayList<>(1);
    for (int from = 0; from < entries.size(); from += pieces.getLast().count()) {
      pieces.add(writeFirst(roomId, entries.subList(from, entries.size()), bytesMax));
    }
    return pieces;
  }

  /// The first of these pieces. It has one entry at least, even a larger one.
  public EncodedEntries writeFirst(RoomId roomId, List<Entry> entries, int bytesMax) {
    List<byte[]> frames = new ArrayList<>(entries.size());
    long first = entries.getFirst().seq();
    int size = 0;
    for (Entry entry : entries) {
      if (entry.seq() != first + frames.size()) {
        break;
      }
      byte[] frame = bytes(out -> writeFrame(out, new ServerFrame.NewEntry(roomId, entry)));
      if (size > 0 && size + frame.length > bytesMax) {
        break;
      }
      frames.add(frame);
      size += frame.length + 1;
    }
    return EncodedEntries.join(first, frames);
  }

  /// A page of the log as the HTTP door answers it: `{entries, more, logEpoch}`.
  public byte[] writePage(List<Entry> entries, boolean more, String logEpoch) {
    return bytes(out -> {
      out.writeStartObject();
      out.writeArrayPropertyStart("entries");
      entries.forEach(entry -> entryWriter.write(out, entry));
      out.writeEndArray();
      out.writeBooleanProperty("more", more);
      out.writeStringProperty("logEpoch", logEpoch);
      out.writeEndObject();
    });
  }

  /// A page of messages as the HTTP door answers it: `{entries, quoted?, from, to, last,
  /// logEpoch}`.
  public ByteBuffer writePage(MessagePage page, String logEpoch) {
    return ByteBuffer.wrap(
        bytes(out -> {
          out.writeStartObject();
          writePlaces(out, page);
          out.writeNumberProperty("last", page.last());
          out.writeStringProperty("logEpoch", logEpoch);
          out.writeEndObject();
        }));
  }

  /// Messages as they are now, `{entries, more}`: at most the first `countMax` that together have
  /// at most `bytesMax`, and whether there are others.
  public byte[] writeFirst(List<CurrentEntry> messages, int countMax, int bytesMax) {
    int count = 0;
    for (int bytes = 0; count < Math.min(countMax, messages.size()); count++) {
      bytes += writeMessage(messages.get(count)).length;
      if (bytes > bytesMax) {
        break;
      }
    }
    List<CurrentEntry> first = messages.subList(0, count);
    return bytes(out -> {
      out.writeStartObject();
      writeCurrent(out, "entries", first);
      out.writeBooleanProperty("more", first.size() < messages.size());
      out.writeEndObject();
    });
  }

  /// A message as it is now.
  public byte[] writeMessage(CurrentEntry message) {
    return bytes(out -> entryWriter.write(out, message));
  }

  private byte[] bytes(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FRAME_BYTES_USUAL);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      content.accept(out);
    }
    return bytes.toByteArray();
  }

  private void writeFrame(JsonGenerator out, ServerFrame frame) {
    out.writeStartObject();
    switch (frame) {
      case ServerFrame.Welcome welcome -> writeWelcome(out, welcome);
      case ServerFrame.Subscribed subscribed -> {
        start(out, "subscribed", subscribed.requestId(), subscribed.roomId());
        out.writeNumberProperty("after", subscribed.after());
        out.writeNumberProperty("last", subscribed.last());
      }
      case ServerFrame.Unsubscribed unsubscribed ->
          start(out, "unsubscribed", unsubscribed.requestId(), unsubscribed.roomId());
      case ServerFrame.NewEntry added -> {
        startOfRoom(out, "entry", added.roomId());
        entryWriter.writeMembers(out, added.entry());
      }
      case ServerFrame.Acknowledged acknowledged -> {
        start(out, "acknowledged", acknowledged.requestId(), acknowledged.roomId());
        out.writeStringProperty("clientMessageId", acknowledged.clientMessageId());
        out.writeNumberProperty("seq", acknowledged.seq());
        out.writeStringProperty("sentAt", acknowledged.sentAt().toString());
      }
      case ServerFrame.History history -> {
        start(out, "history", history.requestId(), history.roomId());
        writePlaces(out, history.page());
        out.writeBooleanProperty("more", history.page().from() > 1);
      }
      case ServerFrame.Presence presence -> {
        startOfRoom(out, "presence", presence.roomId());
        out.writeNumberProperty("count", presence.count());
        writePeople(out, "here", presence.here());
      }
      case ServerFrame.PresenceChanged changed -> {
        startOfRoom(out, "presence-changed", changed.roomId());
        out.writeNumberProperty("count", changed.count());
        writePeople(out, "arrived", changed.arrived());
        writePeople(out, "departed", changed.departed());
      }
      case ServerFrame.RoomsChanged changed -> out.writeStringProperty("type", "rooms-changed");
      case ServerFrame.PersonChanged(Card card) -> {
        out.writeStringProperty("type", "person");
        out.writeName("person");
        CardWriter.write(out, card);
      }
      case ServerFrame.Read read -> {
        startOfRoom(out, "read", read.roomId());
        out.writeNumberProperty("lastReadSeq", read.lastReadSeq());
      }
      case ServerFrame.Behind behind -> {
        startOfRoom(out, "behind", behind.roomId());
        out.writeNumberProperty("after", behind.after());
      }
      case ServerFrame.Pong pong -> {
        out.writeStringProperty("type", "pong");
        out.writeStringProperty("requestId", pong.requestId());
      }
      case ServerFrame.Failure error -> writeError(out, error);
    }
    out.writeEndObject();
  }

  private static void writeWelcome(JsonGenerator out, ServerFrame.Welcome welcome) {
    out.writeStringProperty("type", "welcome");
    out.writeNumberProperty("protocol", 1);
    writePerson(out, "person", welcome.person());
    out.writeStringProperty("serverTime", welcome.serverTime().toString());
    out.writeNumberProperty("textCharactersMax", welcome.textCharactersMax());
    if (welcome.editTime().isPositive()) {
      out.writeNumberProperty("editSeconds", welcome.editTime().toSeconds());
    }
    out.writeStringProperty("logEpoch", welcome.logEpoch());
  }

  private static void writeError(JsonGenerator out, ServerFrame.Failure error) {
    out.writeStringProperty("type", "error");
    if (error.requestId() != null) {
      out.writeStringProperty("requestId", error.requestId());
    }
    out.writeStringProperty("problem", error.problem().type().slug());
    out.writeStringProperty("detail", error.problem().detail());
    error
        .problem()
        .retryAfterSeconds()
        .ifPresent(seconds -> out.writeNumberProperty("retryAfterSeconds", seconds));
  }

  private static void start(JsonGenerator out, String type, String requestId, RoomId roomId) {
    out.writeStringProperty("type", type);
    out.writeStringProperty("requestId", requestId);
    out.writeStringProperty("roomId", roomId.toString());
  }

  private static void startOfRoom(JsonGenerator out, String type, RoomId roomId) {
    out.writeStringProperty("type", type);
    out.writeStringProperty("roomId", roomId.toString());
  }

  private void writePlaces(JsonGenerator out, MessagePage page) {
    writeCurrent(out, "entries", page.entries());
    if (!page.quoted().isEmpty()) {
      writeCurrent(out, "quoted", page.quoted());
    }
    out.writeNumberProperty("from", page.from());
    out.writeNumberProperty("to", page.to());
  }

  private void writeCurrent(JsonGenerator out, String member, List<CurrentEntry> entries) {
    out.writeArrayPropertyStart(member);
    entries.forEach(entry -> entryWriter.write(out, entry));
    out.writeEndArray();
  }

  private static void writePerson(JsonGenerator out, String member, Person person) {
    out.writeObjectPropertyStart(member);
    out.writeStringProperty("personId", person.personId().toString());
    EntryWriter.writeNames(out, person.name(), person.displayName());
    out.writeBooleanProperty("guest", person.guest());
    out.writeEndObject();
  }

  private static void writePeople(JsonGenerator out, String member, List<Person> people) {
    out.writeArrayPropertyStart(member);
    for (Person person : people) {
      out.writeStartObject();
      out.writeStringProperty("personId", person.personId().toString());
      EntryWriter.writeNames(out, person.name(), person.displayName());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
