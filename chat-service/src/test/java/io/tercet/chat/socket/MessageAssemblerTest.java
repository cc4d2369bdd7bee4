package io.tercet.chat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.socket.MessageAssembler.Assembly;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {

  private final MessageAssembler assembler = new MessageAssembler(8);

  @Test
  void completesAMessageOfOneFrame() {
    assertThat(add(OpCode.TEXT, "one", true)).isEqualTo(new Assembly.Complete("one"));
    assertThat(add(OpCode.TEXT, "two", true)).isEqualTo(new Assembly.Complete("two"));
  }

  @Test
  void joinsTheFramesOfAMessage() {
    assertThat(add(OpCode.TEXT, "a", false)).isEqualTo(new Assembly.Incomplete());
    assertThat(add(OpCode.CONTINUATION, "", false)).isEqualTo(new Assembly.Incomplete());
    assertThat(add(OpCode.CONTINUATION, "bc", true)).isEqualTo(new Assembly.Complete("abc"));
  }

  @Test
  void completesAnEmptyMessage() {
    Frame empty = new Frame(OpCode.TEXT, (ByteBuffer) null);
    assertThat(assembler.add(empty)).isEqualTo(new Assembly.Complete(""));
  }

  @Test
  void readsThePayloadToItsEnd() {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {'a', 'b'});
    assembler.add(new Frame(OpCode.TEXT, payload));
    assertThat(payload.remaining()).isZero();
  }

  @Test
  void joinsACharacterThatTwoFramesShare() {
    byte[] wave = "👋".getBytes(StandardCharsets.UTF_8);
    assertThat(add(OpCode.TEXT, ByteBuffer.wrap(wave, 0, 1), false))
        .isEqualTo(new Assembly.Incomplete());
    assertThat(add(OpCode.CONTINUATION, ByteBuffer.wrap(wave, 1, 3), true))
        .isEqualTo(new Assembly.Complete("👋"));
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    ByteBuffer half = ByteBuffer.wrap("👋".getBytes(StandardCharsets.UTF_8), 0, 3);
    assertThat(add(OpCode.TEXT, half, true)).isEqualTo(new Assembly.NotUtf8());
    ByteBuffer surrogate = ByteBuffer.wrap(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    assertThat(add(OpCode.TEXT, surrogate, true)).isEqualTo(new Assembly.NotUtf8());
  }

  @Test
  void takesAMessageOfExactlyTheLimit() {
    assertThat(add(OpCode.TEXT, "12345678", true)).isEqualTo(new Assembly.Complete("12345678"));
    assertThat(add(OpCode.TEXT, "1234", false)).isEqualTo(new Assembly.Incomplete());
    assertThat(add(OpCode.CONTINUATION, "5678", true)).isEqualTo(new Assembly.Complete("12345678"));
  }

  @Test
  void rejectsABiggerFrame() {
    assertThat(add(OpCode.TEXT, "123456789", true)).isEqualTo(new Assembly.TooBig());
  }

  @Test
  void takesNothingAfterAMessageThatIsTooBig() {
    assertThat(add(OpCode.TEXT, "12345678", false)).isEqualTo(new Assembly.Incomplete());
    assertThat(add(OpCode.CONTINUATION, "9", false)).isEqualTo(new Assembly.TooBig());
    assertThat(add(OpCode.CONTINUATION, "{}", true)).isEqualTo(new Assembly.TooBig());
  }

  private Assembly add(byte opCode, String payload, boolean fin) {
    return add(opCode, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), fin);
  }

  private Assembly add(byte opCode, ByteBuffer payload, boolean fin) {
    return assembler.add(new Frame(opCode, fin, payload));
  }
}
