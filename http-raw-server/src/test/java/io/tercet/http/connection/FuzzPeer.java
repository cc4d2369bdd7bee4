package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.buffer.FlushResult;
import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.message.OpenFile;
import java.io.ByteArrayOutputStream;

/// A client of a conversation, with the loop that a session has around it; counts the steps.
final class FuzzPeer implements NonBlockingOutput {
  private static final int STEPS_PER_PIECE_MAX = 10_000;

  /// More than what one read can ask for takes.
  private static final int STEPS_PER_TURN = 1_000;

  private final Conversation conversation;
  private final Workspace workspace;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final int roomPerTurn;
  private int room;

  FuzzPeer(ServerContext protocol, int roomPerTurn) {
    this.conversation = new Conversation(protocol, 0);
    this.workspace = new Workspace(protocol.limits());
    this.roomPerTurn = roomPerTurn;
  }

  /// The server gets these bytes, as soon as it wants any.
  void hears(byte[] bytes, int from, int to) {
    turnsUntil(true);
    if (!conversation.isDone()) {
      conversation.begin(workspace);
      byte[] into = conversation.inputBuffer();
      System.arraycopy(bytes, from, into, 0, to - from);
      conversation.receive(to - from);
      restOfTurn();
    }
    turnsUntil(false);
  }

  /// The server gets no more; returns all that it said.
  String hearsTheEnd() {
    turnsUntil(true);
    if (!conversation.isDone()) {
      conversation.begin(workspace);
      conversation.inputEnded();
      restOfTurn();
    }
    turnsUntil(true);
    if (!conversation.isDone()) {
      throw new AssertionError("not over, although the client has ended: " + text());
    }
    return text();
  }

  /// The client goes without a word, in the middle of whatever there is.
  void vanishes() {
    conversation.abandon();
  }

  private String text() {
    return heard.toString(ISO_8859_1);
  }

  /// Takes what there is room for; whether there is more to send.
  private boolean restOfTurn() {
    room = roomPerTurn;
    boolean more = true;
    for (int step = 0; more && step < STEPS_PER_TURN; step++) {
      FlushResult flushed = conversation.flush(this);
      conversation.endsOutput();
      more = flushed == FlushResult.ALL && conversation.proceed();
    }
    conversation.finish(0);
    return more;
  }

  /// Gives it turns; as many as it takes to want input, or to be over, if `patient`.
  private void turnsUntil(boolean patient) {
    for (int step = 0; ; step++) {
      if (step == STEPS_PER_PIECE_MAX) {
        throw new AssertionError("it goes on and on: " + text());
      }
      conversation.begin(workspace);
      boolean more = restOfTurn();
      boolean ready = conversation.isDone() || conversation.wantsInput();
      if (!more && (ready || !patient)) {
        return;
      }
    }
  }

  @Override
  public int write(byte[] bytes, int offset, int length, boolean more) {
    int taken = Math.min(room, length);
    if (taken == 0) {
      return WOULD_BLOCK;
    }
    heard.write(bytes, offset, taken);
    room -= taken;
    return taken;
  }

  @Override
  public long transfer(OpenFile file, long position, long length) {
    throw new AssertionError("no file is served here");
  }
}
