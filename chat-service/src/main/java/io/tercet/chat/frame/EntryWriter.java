package io.tercet.chat.frame;

import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.SiteReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes entries of a log, and messages as they are now, as JSON. Immutable; any thread. Source:
/// contracts/chat/frames.md.
final class EntryWriter {

  private final JsonMapper json;

  EntryWriter(JsonMapper json) {
    this.json = json;
  }

  /// An entry as it is in the log.
  void write(JsonGenerator out, Entry entry) {
    out.writeStartObject();
    writeMembers(out, entry);
    out.writeEndObject();
  }

  /// An entry as it is now.
  void write(JsonGenerator out, CurrentEntry current) {
    Entry entry = current.entry();
    out.writeStartObject();
    if (entry.content() instanceof Entry.Message message) {
      String text = textNow(current, message);
      writeMembers(
          out,
          entry,
          new Entry.Message(message.clientMessageId(), text, message.replyTo(), message.files()));
      writeChanges(out, current);
    } else {
      writeMembers(out, entry);
    }
    out.writeEndObject();
  }

  /// The members of an entry in an object that has begun.
  void writeMembers(JsonGenerator out, Entry entry) {
    writeMembers(out, entry, entry.content());
  }

  private static String textNow(CurrentEntry current, Entry.Message message) {
    if (current.deletion() != null) {
      return "";
    }
    return current.edit() != null && current.edit().content() instanceof Entry.Edited edited
        ? edited.text()
        : message.text();
  }

  private static void writeChanges(JsonGenerator out, CurrentEntry message) {
    out.writeNumberProperty("version", message.version());
    Entry edit = message.edit();
    if (edit != null) {
      out.writeStringProperty("editedAt", edit.sentAt().toString());
    }
    Entry deletion = message.deletion();
    if (deletion != null) {
      writeBy(out, "deleted", deletion);
    }
    if (!message.reactions().isEmpty()) {
      out.writeArrayPropertyStart("reactions");
      for (CurrentEntry.Reaction reaction : message.reactions()) {
        out.writeStartObject();
        out.writeStringProperty("emoji", reaction.emoji());
        out.writeNumberProperty("count", reaction.count());
        out.writeBooleanProperty("mine", reaction.mine());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (message.replies() > 0) {
      out.writeNumberProperty("replies", message.replies());
    }
    Entry pin = message.pin();
    if (pin != null) {
      writeBy(out, "pinned", pin);
    }
    out.writeNumberProperty("asOf", message.asOf());
  }

  /// Who changed a message, and when.
  private static void writeBy(JsonGenerator out, String member, Entry change) {
    out.writeObjectPropertyStart(member);
    out.writeStringProperty("personId", change.personId().toString());
    writeNames(out, change.name(), change.displayName());
    out.writeStringProperty("at", change.sentAt().toString());
    out.writeEndObject();
  }

  private void writeMembers(JsonGenerator out, Entry entry, Entry.Content content) {
    out.writeNumberProperty("seq", entry.seq());
    switch (content) {
      case Entry.Message message -> {
        writeWho(out, "message", entry);
        writeMessage(out, message);
      }
      case Entry.Joined _ -> writeWho(out, "joined", entry);
      case Entry.Left _ -> writeWho(out, "left", entry);
      case Entry.FileAdded(FileReference file) -> {
        writeWho(out, "file", entry);
        out.writeName("file");
        writeFile(out, file);
      }
      case Entry.SiteChanged(SiteReference site) -> {
        writeWho(out, "site", entry);
        out.writeObjectPropertyStart("site");
        out.writeStringProperty("site", site.site());
        out.writeStringProperty("url", site.url());
        out.writeBooleanProperty("published", site.published());
        out.writeEndObject();
      }
      case Entry.Edited(long targetSeq, String text) -> {
        writeWho(out, "edited", entry);
        out.writeObjectPropertyStart("edited");
        out.writeNumberProperty("targetSeq", targetSeq);
        out.writeStringProperty("text", text);
        out.writeEndObject();
      }
      case Entry.Deleted(long targetSeq) -> writeTarget(out, "deleted", entry, targetSeq);
      case Entry.Reacted(long targetSeq, String emoji) ->
          writeReaction(out, "reacted", entry, targetSeq, emoji);
      case Entry.Unreacted(long targetSeq, String emoji) ->
          writeReaction(out, "unreacted", entry, targetSeq, emoji);
      case Entry.Pinned(long targetSeq) -> writeTarget(out, "pinned", entry, targetSeq);
      case Entry.Unpinned(long targetSeq) -> writeTarget(out, "unpinned", entry, targetSeq);
      case Entry.Other(String kind, String details) -> {
        writeWho(out, kind, entry);
        writeDetails(out, kind, details);
      }
    }
  }

  private static void writeTarget(JsonGenerator out, String kind, Entry entry, long targetSeq) {
    writeWho(out, kind, entry);
    out.writeObjectPropertyStart(kind);
    out.writeNumberProperty("targetSeq", targetSeq);
    out.writeEndObject();
  }

  private static void writeReaction(
      JsonGenerator out, String kind, Entry entry, long targetSeq, String emoji) {
    writeWho(out, kind, entry);
    out.writeObjectPropertyStart(kind);
    out.writeNumberProperty("targetSeq", targetSeq);
    out.writeStringProperty("emoji", emoji);
    out.writeEndObject();
  }

  private static void writeMessage(JsonGenerator out, Entry.Message message) {
    out.writeStringProperty("clientMessageId", message.clientMessageId());
    out.writeStringProperty("text", message.text());
    if (message.replyTo() != null) {
      out.writeNumberProperty("replyTo", message.replyTo());
    }
    if (!message.files().isEmpty()) {
      out.writeArrayPropertyStart("files");
      message.files().forEach(file -> writeFile(out, file));
      out.writeEndArray();
    }
  }

  private static void writeFile(JsonGenerator out, FileReference file) {
    out.writeStartObject();
    out.writeStringProperty("fileId", file.fileId());
    if (file.version() != null) {
      out.writeNumberProperty("version", file.version());
    }
    out.writeStringProperty("path", file.path());
    out.writeStringProperty("name", file.name());
    out.writeNumberProperty("size", file.size());
    out.writeStringProperty("sha256", file.sha256());
    out.writeStringProperty("mediaType", file.mediaType());
    if (file.width() != null && file.height() != null) {
      out.writeNumberProperty("width", file.width());
      out.writeNumberProperty("height", file.height());
    }
    out.writeEndObject();
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

  /// The display name is left out if it is the name.
  static void writeNames(JsonGenerator out, String name, String displayName) {
    out.writeStringProperty("name", name);
    if (!displayName.equals(name)) {
      out.writeStringProperty("displayName", displayName);
    }
  }
}
