package io.tercet.http.buffer;

import io.tercet.http.message.Response;
import io.tercet.http.parse.RequestParser;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a conversation has read and not consumed, and what it has not sent: in a workspace while it
/// has a turn, and its own between turns.
///
/// - Bounds: [MemoryBudget], for what it keeps between turns.
/// - Threading: confined to its conversation.
public final class ConnectionBuffers {
  public final InputBuffer input = new InputBuffer();
  public final OutboundBuffer outbox = new OutboundBuffer();
  private final MemoryBudget memory;
  private @Nullable Workspace workspace;
  private long held;

  public ConnectionBuffers(MemoryBudget memory) {
    this.memory = memory;
  }

  /// A turn begins.
  public void begin(Workspace lent) {
    workspace = lent;
    outbox.lend(lent.output);
  }

  /// A turn ends: what is unfinished is kept.
  public void finish() {
    input.keep();
    outbox.reclaim();
    Workspace lent = current();
    workspace = null;
    lent.giveBack();
  }

  /// Where to read into. What lay there is kept first.
  public byte[] lentForInput() {
    input.keep();
    return current().input;
  }

  /// The first `length` bytes of [#lentForInput] have come.
  public void add(int length) {
    input.add(current().input, length);
  }

  public RequestParser parser() {
    return current().parser;
  }

  /// Does what may wait. Others have a shared workspace meanwhile, if there is nothing in it.
  ///
  /// @param bytes of memory that it needs until it is done
  /// @return null, and nothing was done, if there is no room for them
  public @Nullable Response meanwhile(long bytes, Supplier<Response> work) {
    Workspace lent = current();
    if (!lent.isShared() || !input.isEmpty() || !outbox.isEmpty()) {
      return work.get();
    }
    if (!holds(bytes)) {
      return null;
    }
    finish();
    try {
      return work.get();
    } finally {
      begin(lent.another());
    }
  }

  /// Takes of the budget what it keeps until the next turn, and `more`; false if there is no room.
  public boolean keeps(long more) {
    return holds(input.heldBytes() + outbox.heldBytes() + more);
  }

  /// Takes so many bytes of the budget in all; false, and nothing has changed, if there is no room.
  public boolean holds(long bytes) {
    boolean fits = memory.exchange(held, bytes);
    held = fits ? bytes : held;
    return fits;
  }

  private Workspace current() {
    return Objects.requireNonNull(workspace, "not in a turn");
  }
}
