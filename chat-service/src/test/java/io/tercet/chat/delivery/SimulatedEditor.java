package io.tercet.chat.delivery;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.LogEntry;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Edits, deletes, reacts to and pins messages for one client, one after the other, by requests to
/// any replica. What it does not know the outcome of it asks for again elsewhere.
///
/// Threading: one thread.
final class SimulatedEditor {

  private final Person person;
  private final History history;
  private @Nullable LogCommand change;
  private @Nullable String id;

  /// The replica that has the request.
  private @Nullable SimulatedReplica asked;

  /// The replica wrote the change, and has yet to read the message for its answer.
  private boolean written;

  SimulatedEditor(Person person, History history) {
    this.person = person;
    this.history = history;
  }

  /// Whether nothing that it began is left to do.
  boolean isDone() {
    return change == null;
  }

  /// Whether it can go on now.
  boolean canGoOn() {
    return change != null && (asked == null || asked.isDead() || written);
  }

  /// Begins a change.
  void begin(String newId, LogCommand newChange) {
    id = newId;
    change = newChange;
  }

  /// Asks a replica, if none has the request, or gets the answer of the one that has it.
  void goOn(SimulatedReplica replica) {
    if (asked == null) {
      ask(replica);
    } else if (asked.isDead()) {
      unknown();
    } else if (written) {
      answered(asked);
    }
  }

  /// Never asks again for what it does not know, if no replica has the request.
  void giveUp() {
    if (asked == null) {
      change = null;
    }
  }

  private void ask(SimulatedReplica replica) {
    LogCommand sent = change;
    history.add(
        switch (sent) {
          case LogCommand.Edit edit ->
              new Event.Edits(name(), room(), id, edit.targetSeq(), edit.text(), edit.version());
          case LogCommand.Delete deletion ->
              new Event.Deletes(name(), room(), id, deletion.targetSeq());
          case LogCommand.React react -> marks(LogEntry.REACTED, react.targetSeq(), react.emoji());
          case LogCommand.Unreact unreact ->
              marks(LogEntry.UNREACTED, unreact.targetSeq(), unreact.emoji());
          case LogCommand.Pin pin -> marks(LogEntry.PINNED, pin.targetSeq(), "");
          case LogCommand.Unpin unpin -> marks(LogEntry.UNPINNED, unpin.targetSeq(), "");
          default -> throw new IllegalStateException(sent.toString());
        });
    asked = replica;
    written = false;
    var _ =
        replica
            .log
            .writer()
            .submit(sent)
            .whenComplete((result, failure) -> {
              if (change == sent && asked == replica && !replica.isDead()) {
                committed(result, failure);
              }
            });
    replica.log.awaitQuiet();
  }

  private Event marks(String kind, long target, String emoji) {
    return new Event.Marks(name(), room(), id, kind, target, emoji);
  }

  private void committed(@Nullable CommandResult result, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (result instanceof CommandResult.Rejected refusal) {
      refused(refusal.type().slug());
      change = null;
    } else if (result != null) {
      written = true;
    } else if (cause instanceof ProblemException problem
        && problem.type() != ProblemType.SERVICE_TIMEOUT) {
      refused(problem.type().slug());
    } else {
      unknown();
    }
  }

  /// The answer to an edit is the message as a reading after the commit has it.
  private void answered(SimulatedReplica replica) {
    written = false;
    if (change instanceof LogCommand.Delete deletion) {
      history.add(new Event.Deleted(name(), room(), id, deletion.targetSeq()));
    } else if (change instanceof LogCommand.Edit edit) {
      @Nullable CurrentEntry now;
      try {
        now = replica.rooms.message(edit.roomId(), edit.person().personId(), edit.targetSeq());
      } catch (ProblemException away) {
        now = null;
      }
      // Others did something meanwhile: this replica may be dead, and another one asked.
      if (asked != replica || replica.isDead()) {
        return;
      }
      if (now == null) {
        unknown();
        return;
      }
      history.add(new Event.Edited(name(), room(), id, SimulatedStore.shown(now)));
    } else {
      history.add(new Event.Marked(name(), room(), id));
    }
    change = null;
    asked = null;
  }

  private void unknown() {
    history.add(new Event.Unknown(name(), room(), id));
    asked = null;
  }

  private void refused(String problem) {
    history.add(new Event.Refused(name(), room(), id, problem));
    asked = null;
  }

  private String name() {
    return person.personId().toString();
  }

  private String room() {
    return change.roomId().toString();
  }
}
