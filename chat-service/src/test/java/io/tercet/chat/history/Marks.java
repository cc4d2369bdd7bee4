package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a message has beside its text, for one reader, once `asOf` was the newest `seq` of the log.
///
/// @param reactions in the order in which each emoji was first put there
/// @param replies how many messages answer it and are not deleted
/// @param pinnedBy who pinned it; empty if it is not pinned
public record Marks(long asOf, List<Reaction> reactions, int replies, String pinnedBy) {

  /// How many people reacted with an emoji, and whether the reader is one of them.
  public record Reaction(String emoji, int count, boolean mine) {}

  public Marks {
    reactions = List.copyOf(reactions);
  }

  static Marks none(long asOf) {
    return new Marks(asOf, List.of(), 0, "");
  }

  /// What a message of a page says.
  static Marks of(JsonNode message) {
    List<Reaction> reactions = new ArrayList<>();
    message
        .path("reactions")
        .forEach(each ->
            reactions.add(
                new Reaction(
                    each.get("emoji").stringValue(),
                    each.get("count").intValue(),
                    each.get("mine").booleanValue())));
    return new Marks(
        message.get("asOf").longValue(),
        reactions,
        message.path("replies").asInt(0),
        message.path("pinned").path("personId").asString(""));
  }

  /// What follows when an entry comes that is about the message, or about an answer to it.
  /// `replyChange` is 1 for an answer, -1 for the deletion of one.
  Marks then(LogEntry entry, String reader, int replyChange) {
    if (entry.seq() <= asOf) {
      return this;
    }
    if (replyChange != 0) {
      return new Marks(entry.seq(), reactions, replies + replyChange, pinnedBy);
    }
    if (entry.isReaction()) {
      return new Marks(entry.seq(), reactionsAfter(entry, reader), replies, pinnedBy);
    }
    if (entry.isPin()) {
      return new Marks(entry.seq(), reactions, replies, entry.isAddition() ? entry.person() : "");
    }
    return entry.isDeletion() ? new Marks(entry.seq(), List.of(), replies, "") : at(entry.seq());
  }

  /// The same, as of another moment.
  Marks at(long seq) {
    return new Marks(seq, reactions, replies, pinnedBy);
  }

  private List<Reaction> reactionsAfter(LogEntry entry, String reader) {
    int change = entry.isAddition() ? 1 : -1;
    boolean own = entry.person().equals(reader);
    List<Reaction> after = new ArrayList<>();
    boolean known = false;
    for (Reaction each : reactions) {
      boolean same = each.emoji().equals(entry.text());
      known |= same;
      int count = each.count() + (same ? change : 0);
      if (count > 0) {
        boolean mine = same && own ? entry.isAddition() : each.mine();
        after.add(new Reaction(each.emoji(), count, mine));
      }
    }
    if (!known && entry.isAddition()) {
      after.add(new Reaction(entry.text(), 1, own));
    }
    return after;
  }
}
