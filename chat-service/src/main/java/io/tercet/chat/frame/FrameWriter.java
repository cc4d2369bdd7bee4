package io.tercet.chat.frame;

import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.Person;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes frames, and the entries in them, as JSON in UTF-8.
///
/// Immutable; any thread. Source: contracts/chat/frames.md.
@Component
public class FrameWriter {

  private static final int FRAME_BYTES_USUAL = 256;

  private final JsonMapper json;

  FrameWriter(JsonMapper json) {
    this.json = json;
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
      writeEntries(out, entries);
      out.writeBooleanProperty("more", more);
      out.writeStringProperty("logEpoch", logEpoch);
      out.writeEndObject();
    });
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
        writeMembers(out, added.entry());
      }
      case ServerFrame.Acknowledged acknowledged -> {
        start(out, "acknowledged", acknowledged.requestId(), acknowledged.roomId());
        out.writeStringProperty("clientMessageId", acknowledged.clientMessageId());
        out.writeNumberProperty("seq", acknowledged.seq());
        out.writeStringProperty("sentAt", acknowledged.sentAt().toString());
      }
      case ServerFrame.History history -> {
        start(out, "history", history.requestId(), history.roomId());
        writeEntries(out, history.entries());
        out.writeBooleanProperty("more", history.more());
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

  private void writeEntries(JsonGenerator out, List<Entry> entries) {
    out.writeArrayPropertyStart("entries");
    for (Entry entry : entries) {
      out.writeStartObject();
      writeMembers(out, entry);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writeMembers(JsonGenerator out, Entry entry) {
    out.writeNumberProperty("seq", entry.seq());
    switch (entry.content()) {
      case Entry.Message(String clientMessageId, String text) -> {
        writeWho(out, "message", entry);
        out.writeStringProperty("clientMessageId", clientMessageId);
        out.writeStringProperty("text", text);
      }
      case Entry.Joined joined -> writeWho(out, "joined", entry);
      case Entry.Left left -> writeWho(out, "left", entry);
      case Entry.FileAdded(FileReference file) -> {
        writeWho(out, "file", entry);
        out.writeObjectPropertyStart("file");
        out.writeStringProperty("fileId", file.fileId());
        if (file.version() != null) {
          out.writeNumberProperty("version", file.version());
        }
        out.writeStringProperty("path", file.path());
        out.writeStringProperty("name", file.name());
        out.writeNumberProperty("size", file.size());
        out.writeStringProperty("sha256", file.sha256());
        out.writeStringProperty("mediaType", file.mediaType());
        out.writeEndObject();
      }
      case Entry.SiteChanged(SiteReference site) -> {
        writeWho(out, "site", entry);
        out.writeObjectPropertyStart("site");
        out.writeStringProperty("site", site.site());
        out.writeStringProperty("url", site.url());
        out.writeBooleanProperty("published", site.published());
        out.writeEndObject();
      }
      case Entry.Other(String kind, String details) -> {
        writeWho(out, kind, entry);
        writeDetails(out, kind, details);
      }
    }
  }

  /// The details of an entry stand under the name of its kind, as those of a file do.
  private void writeDetails(JsonGenerator out, String kind, @Nullable String details) {
    if (details == null) {
      return;
    }
    JsonNode object;
    try {
      object = json.readTree(details);
    } catch (JacksonException e) {
      return;
    }
    if (object.isObject()) {
      out.writeName(kind);
      out.writeTree(object);
    }
  }

  private static void writeWho(JsonGenerator out, String kind, Entry entry) {
    out.writeStringProperty("kind", kind);
    out.writeStringProperty("personId", entry.personId().toString());
    writeNames(out, entry.name(), entry.displayName());
    out.writeStringProperty("sentAt", entry.sentAt().toString());
  }

  private static void writePerson(JsonGenerator out, String member, Person person) {
    out.writeObjectPropertyStart(member);
    out.writeStringProperty("personId", person.personId().toString());
    writeNames(out, person.name(), person.displayName());
    out.writeBooleanProperty("guest", person.guest());
    out.writeEndObject();
  }

  private static void writePeople(JsonGenerator out, String member, List<Person> people) {
    out.writeArrayPropertyStart(member);
    for (Person person : people) {
      out.writeStartObject();
      out.writeStringProperty("personId", person.personId().toString());
      writeNames(out, person.name(), person.displayName());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /// The display name is left out if it is the name.
  private static void writeNames(JsonGenerator out, String name, String displayName) {
    out.writeStringProperty("name", name);
    if (!displayName.equals(name)) {
      out.writeStringProperty("displayName", displayName);
    }
  }
}
