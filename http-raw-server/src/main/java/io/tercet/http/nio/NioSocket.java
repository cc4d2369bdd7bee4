package io.tercet.http.nio;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.IpAddress;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// An accepted connection: a non-blocking channel.
final class NioSocket implements Socket, Selectable {
  private final SocketChannel channel;

  private NioSocket(SocketChannel channel) {
    this.channel = channel;
  }

  /// A connection that was just accepted; null if it is gone already.
  static @Nullable NioSocket accepted(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new NioSocket(channel);
    } catch (IOException gone) {
      new NioSocket(channel).close();
      return null;
    }
  }

  @Override
  public SelectableChannel channel() {
    return channel;
  }

  @Override
  public Endpoint peer() {
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress remote) {
        byte[] address = remote.getAddress().getAddress();
        return new Endpoint(IpAddress.of(address, 0, address.length), remote.getPort());
      }
    } catch (IOException gone) {
      // Then nobody can tell any more.
    }
    return Endpoint.UNKNOWN;
  }

  @Override
  public int receive(byte[] into, int offset, int length) {
    try {
      int count = channel.read(ByteBuffer.wrap(into, offset, length));
      return count > 0 ? count : count == 0 ? WOULD_BLOCK : 0;
    } catch (IOException gone) {
      return GONE;
    }
  }

  @Override
  public int write(byte[] bytes, int offset, int length, boolean more) {
    try {
      int count = channel.write(ByteBuffer.wrap(bytes, offset, length));
      return count > 0 ? count : WOULD_BLOCK;
    } catch (IOException gone) {
      return GONE;
    }
  }

  @Override
  public void endOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException gone) {
      // The next read or write fails too.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException gone) {
      // Closed all the same.
    }
  }
}
