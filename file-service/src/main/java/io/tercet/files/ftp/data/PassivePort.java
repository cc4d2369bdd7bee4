package io.tercet.files.ftp.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// One port while it waits for its client. The port is free again when the client has connected, or
/// after a while without it.
///
/// It turns away whoever comes from another address than the control connection.
///
/// - Threading: safe; a virtual thread of its own accepts.
/// - Ownership: the code that opened it closes it; that closes the connection too.
final class PassivePort implements AutoCloseable {
  private final ServerSocket server;
  private final int number;
  private final InetAddress peer;
  private final Runnable onRelease;
  private final AtomicBoolean released = new AtomicBoolean();
  private final CompletableFuture<DataSocket> connected = new CompletableFuture<>();

  private PassivePort(ServerSocket server, InetAddress peer, Runnable onRelease) {
    this.server = server;
    this.number = server.getLocalPort();
    this.peer = peer;
    this.onRelease = onRelease;
  }

  static PassivePort listen(
      int port, InetAddress local, InetAddress peer, Duration wait, Runnable onRelease)
      throws IOException {
    ServerSocket server = new AcceptingSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(local, port), 1);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    PassivePort opened = new PassivePort(server, peer, onRelease);
    Thread.ofVirtual().name("ftp-passive-" + opened.number).start(() -> opened.accept(wait));
    return opened;
  }

  int number() {
    return number;
  }

  /// The connection of the client; waits for it.
  DataSocket connection() throws IOException, InterruptedException {
    try {
      return connected.get();
    } catch (ExecutionException e) {
      throw new IOException("no data connection", e.getCause());
    }
  }

  private void accept(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (!connected.isDone()) {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
          throw new SocketTimeoutException("nobody connected");
        }
        server.setSoTimeout(Math.toIntExact(millis));
        greet(server.accept());
      }
    } catch (IOException e) {
      connected.completeExceptionally(e);
    } finally {
      release();
    }
  }

  private void greet(Socket socket) throws IOException {
    if (!peer.equals(socket.getInetAddress())
        || !(socket instanceof DataSocket data)
        || !connected.complete(data)) {
      socket.close();
    }
  }

  private void release() {
    try {
      server.close();
    } catch (IOException _) {
      // the port is free all the same
    }
    if (released.compareAndSet(false, true)) {
      onRelease.run();
    }
  }

  @Override
  public void close() {
    connected.completeExceptionally(new IOException("closed"));
    release();
    if (!connected.isCompletedExceptionally()) {
      connected.join().abort();
    }
  }

  private static final class AcceptingSocket extends ServerSocket {
    AcceptingSocket() throws IOException {
      super();
    }

    @Override
    public Socket accept() throws IOException {
      DataSocket socket = new DataSocket();
      implAccept(socket);
      return socket;
    }
  }
}
