package io.tercet.system.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A TCP connection that says exactly what it is told, for requests that no HTTP client would send.
public final class RawConnection implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /// Connects.
  public static RawConnection to(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(
        new InetSocketAddress(address.getHostString(), address.getPort()),
        (int) PATIENCE.toMillis());
    return new RawConnection(socket);
  }

  /// Sends text as Latin-1.
  ///
  /// @return false if the peer has closed, which a peer may do before it has heard all
  public boolean send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /// Reads the status line of the next answer, without its line end; empty if there is none before
  /// the connection closes or is reset.
  public String statusLine() {
    StringBuilder line = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
        line.append((char) octet);
      }
    } catch (IOException reset) {
      // What came before the reset is the answer.
    }
    return line.toString().strip();
  }

  /// Reads until the peer closes.
  ///
  /// @throws java.net.SocketTimeoutException if it does not within a minute
  public String rest() throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
