package io.tercet.http.nio;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A listening channel, or a share of one.
final class NioListener implements Listener, Selectable {
  private final ServerSocketChannel channel;
  private final InetSocketAddress address;

  NioListener(ServerSocketChannel channel, InetSocketAddress address) {
    this.channel = channel;
    this.address = address;
  }

  @Override
  public SelectableChannel channel() {
    return channel;
  }

  @Override
  public @Nullable Socket accept() throws DescriptorsExhausted {
    SocketChannel accepted;
    try {
      accepted = channel.accept();
    } catch (ClosedChannelException closed) {
      return null;
    } catch (IOException exhausted) {
      // Java does not say which error it was; a pause is right for a want of descriptors, and
      // harmless otherwise.
      throw new DescriptorsExhausted();
    }
    return accepted == null ? null : NioSocket.accepted(accepted);
  }

  @Override
  public void refuse() {
    close();
  }

  @Override
  public boolean isRefusing() {
    return !channel.isOpen();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
