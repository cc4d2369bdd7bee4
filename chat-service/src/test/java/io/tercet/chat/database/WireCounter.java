package io.tercet.chat.database;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and PostgreSQL, and counts how often the client waits for an answer.
///
/// It reads the client's messages. `Sync` and `Query` are the ones after which a client waits:
/// PostgreSQL's manual, "Message Formats". The driver does not wait for `BEGIN`: it sends the first
/// statement together with it.
public final class WireCounter implements Closeable {

  private static final int SYNC = 'S';
  private static final int QUERY = 'Q';

  private final URI server;
  private final ServerSocket listener;
  private final AtomicInteger roundTrips = new AtomicInteger();

  /// `url` is the JDBC address of a database.
  public WireCounter(String url) {
    this(url, 0);
  }

  /// Listens on a port.
  WireCounter(String url, int port) {
    this.server = URI.create(url.substring("jdbc:".length()));
    try {
      this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// The JDBC address of the database behind this.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:"
        + listener.getLocalPort()
        + server.getPath()
        + "?sslmode=disable&gssEncMode=disable";
  }

  /// How often clients waited for an answer since the last call.
  public int take() {
    return roundTrips.getAndSet(0);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket database = new Socket(server.getHost(), server.getPort());
        Thread.ofVirtual().start(() -> count(client, database));
        Thread.ofVirtual().start(() -> carry(database, client));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private void count(Socket client, Socket database) {
    try (client;
        database) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(database.getOutputStream());
      // The first message has no type.
      pass(in, out);
      for (int type = in.read(); type >= 0; type = in.read()) {
        out.writeByte(type);
        String text = new String(pass(in, out), StandardCharsets.UTF_8);
        if (type == SYNC || (type == QUERY && !text.startsWith("BEGIN"))) {
          roundTrips.incrementAndGet();
        }
      }
    } catch (IOException ended) {
      // Both sides are closed now.
    }
  }

  /// Passes a message on; its body.
  private static byte[] pass(DataInputStream in, DataOutputStream out) throws IOException {
    int length = in.readInt();
    byte[] body = in.readNBytes(length - Integer.BYTES);
    out.writeInt(length);
    out.write(body);
    out.flush();
    return body;
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Both sides are closed now.
    }
  }
}
