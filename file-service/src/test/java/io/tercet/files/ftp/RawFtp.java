package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.identity.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.util.TrustManagerUtils;

/// A client of FTP that sends what it is told, also what no client should.
final class RawFtp implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final Socket control;
  private final BufferedReader in;
  private final List<Socket> opened = new ArrayList<>();

  private RawFtp(Socket control) throws IOException {
    this.control = control;
    this.in = new BufferedReader(new InputStreamReader(control.getInputStream(), UTF_8));
  }

  /// Connects from an address of this machine, and does not wait for a greeting.
  static RawFtp connect(String from, int port) throws IOException {
    Socket control = new Socket();
    control.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    control.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
    control.setSoTimeout(30_000);
    return new RawFtp(control);
  }

  static RawFtp signedIn(Person person, int port) throws IOException {
    return signedIn(person, "127.0.0.1", port);
  }

  static RawFtp signedIn(Person person, String from, int port) throws IOException {
    RawFtp ftp = connect(from, port);
    assertThat(ftp.reply()).startsWith("220");
    assertThat(ftp.signIn(person)).startsWith("230");
    assertThat(ftp.say("TYPE I")).startsWith("200");
    return ftp;
  }

  String signIn(Person person) throws IOException {
    assertThat(say("USER " + person.name())).startsWith("331");
    return say("PASS " + PASSWORD);
  }

  String say(String line) throws IOException {
    send((line + "\r\n").getBytes(UTF_8));
    return reply();
  }

  void send(byte[] bytes) throws IOException {
    control.getOutputStream().write(bytes);
    control.getOutputStream().flush();
  }

  /// The next reply with all its lines; empty if the server hung up.
  String reply() throws IOException {
    StringBuilder all = new StringBuilder();
    String line = in.readLine();
    String end = line == null || line.length() < 4 ? "" : line.substring(0, 3) + " ";
    while (line != null) {
      all.append(line).append('\n');
      if (line.startsWith(end)) {
        return all.toString();
      }
      line = in.readLine();
    }
    return all.toString();
  }

  /// Whether the server closes the connection before it replies.
  boolean isHungUp() {
    try {
      return reply().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  int openPort() throws IOException {
    String reply = say("EPSV");
    assertThat(reply).startsWith("229");
    return Integer.parseInt(reply.replaceAll("(?s).*\\|\\|\\|(\\d+)\\|.*", "$1"));
  }

  /// Opens a data connection, from the address of the control connection.
  Socket connectData() throws IOException {
    InetAddress server = InetAddress.getLoopbackAddress();
    Socket data = new Socket(server, openPort(), control.getLocalAddress(), 0);
    data.setSoTimeout(30_000);
    opened.add(data);
    return data;
  }

  /// Wraps a data connection in TLS; the socket below stays in the caller's hands.
  static SSLSocket tls(Socket data) throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(
        null,
        new javax.net.ssl.TrustManager[] {TrustManagerUtils.getAcceptAllTrustManager()},
        null);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(data, "localhost", data.getPort(), false);
    socket.startHandshake();
    return socket;
  }

  /// The lines of a listing; the reply must say that it is whole.
  List<String> list(String command) throws IOException {
    Socket data = connectData();
    assertThat(say(command)).startsWith("150");
    String all = new String(data.getInputStream().readAllBytes(), UTF_8);
    assertThat(reply()).startsWith("226");
    return all.lines().toList();
  }

  void hangUp() throws IOException {
    control.close();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    control.close();
  }
}
