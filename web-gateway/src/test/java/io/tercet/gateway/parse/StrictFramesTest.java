package io.tercet.gateway.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A WebSocket whose frames come before anybody listens.
class StrictFramesTest {

  /// Masks that change nothing.
  private static final byte[] HELLO = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};

  private static final byte[] CLOSE_1006 = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xee};

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, 1024));

  @BeforeEach
  void install() {
    StrictFrames.install(channel.pipeline(), 1024);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void keepsAFrameThatFollowsTheHandshakeAtOnce() {
    channel.writeInbound(Unpooled.wrappedBuffer(HELLO));
    assertThat(channel.<Object>readInbound()).isNull();

    open(channel);

    TextWebSocketFrame frame = channel.readInbound();
    assertThat(frame.text()).isEqualTo("hi");
    frame.release();
  }

  @Test
  void passesFramesOnInTheirOrder() {
    channel.writeInbound(Unpooled.wrappedBuffer(HELLO));
    open(channel);
    channel.writeInbound(Unpooled.wrappedBuffer(HELLO, HELLO));

    assertThat(channel.inboundMessages()).hasSize(3);
  }

  @Test
  void keepsWhatIsWrongToo() {
    channel.writeInbound(Unpooled.wrappedBuffer(CLOSE_1006));
    open(channel);

    var broken =
        catchThrowableOfType(CorruptedWebSocketFrameException.class, channel::checkException);
    assertThat(broken.closeStatus().code()).isEqualTo(1002);
  }

  @Test
  void leavesAConnectionAloneThatIsNoWebSocket() {
    var http = new EmbeddedChannel();
    StrictFrames.install(http.pipeline(), 1024);
    open(http);

    assertThat(http.pipeline().get(StrictFrames.class)).isNull();
    http.finishAndReleaseAll();
  }

  private static void open(EmbeddedChannel channel) {
    StrictFrames.openLater(channel);
    channel.runPendingTasks();
  }
}
