package io.tercet.http.buffer;

import io.tercet.http.message.Response;
import io.tercet.http.parse.RequestParser;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a connection has read and not consumed, and what it has not sent: in a borrowed workspace
/// during a turn, in buffers of its own between turns.
///
/// - Bounds: [MemoryBudget], for what is kept between turns.
/// - Threading: confined to its conversation.
public final class ConnectionBuffers {
  private final InputBuffer input = new InputBuffer();
  private final OutboundBuffer output = new OutboundBuffer();
  private final MemoryBudget memory;
  private @Nullable Workspace workspace;
  private long reserved;

  /// Empty buffers.
  public ConnectionBuffers(MemoryBudget memory) {
    this.memory = memory;
  }

  /// What was read and not consumed.
  public InputBuffer input() {
    return input;
  }

  /// What was not sent.
  public OutboundBuffer output() {
    return output;
  }

  /// Begins a turn with this workspace.
  public void begin(Workspace lent) {
    workspace = lent;
    output.borrow(lent.output);
  }

  /// Ends the turn: keeps what is unfinished and gives the workspace back.
  public void finish() {
    input.keep();
    output.keep();
    Workspace lent = current();
    workspace = null;
    lent.giveBack();
  }

  /// Where to read into, before [#received].
  public byte[] readBuffer() {
    input.keep();
    return current().input;
  }

  /// The first `length` bytes of [#readBuffer] are input.
  public void received(int length) {
    input.add(current().input, length);
  }

  /// The parser of the workspace.
  public RequestParser parser() {
    return current().parser;
  }

  /// Does work that may wait. Meanwhile others use the workspace, if it is shared and empty.
  ///
  /// @param bytes of memory that the work holds until it is done
  /// @return null, and nothing was done, if there is no room for them
  public @Nullable Response doUnblocked(long bytes, Supplier<Response> work) {
    Workspace lent = current();
    if (!lent.isShared() || !input.isEmpty() || !output.isEmpty()) {
      return work.get();
    }
    if (!reserve(bytes)) {
      return null;
    }
    finish();
    try {
      return work.get();
    } finally {
      begin(lent.another());
    }
  }

  /// Reserves what is kept until the next turn, and `more` bytes; false if there is no room.
  public boolean reserveKept(long more) {
    return reserve(input.heldBytes() + output.heldBytes() + more);
  }

  /// Reserves so many bytes in all; false, and nothing has changed, if there is no room.
  public boolean reserve(long bytes) {
    boolean fits = memory.resize(reserved, bytes);
    reserved = fits ? bytes : reserved;
    return fits;
  }

  private Workspace current() {
    return Objects.requireNonNull(workspace, "not in a turn");
  }
}
