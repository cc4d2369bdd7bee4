package io.tercet.system.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands between the gateway and http-raw-server and writes down, connection by connection, what
/// the gateway says.
///
/// Bytes are written down before they are passed on: an answer proves that its request is here.
final class Tap implements AutoCloseable {

  private final ServerSocket listener;
  private final int serverPort;
  private final List<Wire> wires = new CopyOnWriteArrayList<>();

  /// One connection.
  private static final class Wire {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    synchronized void add(byte[] bytes, int length) {
      said.write(bytes, 0, length);
    }

    synchronized String text() {
      return said.toString(ISO_8859_1);
    }
  }

  private Tap(ServerSocket listener, int serverPort) {
    this.listener = listener;
    this.serverPort = serverPort;
  }

  static Tap before(int serverPort) throws IOException {
    Tap tap = new Tap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
    Thread.ofVirtual().name("tap").start(tap::accept);
    return tap;
  }

  int port() {
    return listener.getLocalPort();
  }

  /// What the gateway has said so far on all connections.
  List<String> wires() {
    List<String> texts = new ArrayList<>();
    wires.forEach(wire -> texts.add(wire.text()));
    return texts;
  }

  private void accept() {
    try {
      while (true) {
        Socket gateway = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        Wire wire = new Wire();
        wires.add(wire);
        Thread.ofVirtual().start(() -> relay(gateway, server, wire));
        Thread.ofVirtual().start(() -> relay(server, gateway, new Wire()));
      }
    } catch (IOException closed) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private static void relay(Socket from, Socket to, Wire wire) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        wire.add(buffer, read);
        to.getOutputStream().write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Then it is closed.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
