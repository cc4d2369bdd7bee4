package io.tercet.chat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between a client and a server, and can act as if the server were away: by closing
/// connections, or by letting them wait for ever.
///
/// Threading: any thread.
public final class TcpRelay implements Closeable {

  private final String host;
  private final int port;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean frozen;
  private volatile boolean cut;

  public TcpRelay(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// Closes every connection, and each new one at once.
  public void cut() {
    cut = true;
    sockets.forEach(TcpRelay::close);
  }

  /// Carries no byte any more, but keeps the connections.
  public synchronized void freeze() {
    frozen = true;
  }

  /// Works again.
  public synchronized void resume() {
    cut = false;
    frozen = false;
    notifyAll();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    resume();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        if (cut) {
          close(client);
          continue;
        }
        Socket server = new Socket(host, port);
        sockets.add(server);
        Thread.ofVirtual().start(() -> carry(client, server));
        Thread.ofVirtual().start(() -> carry(server, client));
      } catch (IOException closed) {
        // The listener is closed, or the server refuses: the client learns the same.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitThaw();
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException ended) {
      // Both sides are closed now.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private synchronized void awaitThaw() throws InterruptedException {
    while (frozen) {
      wait();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
