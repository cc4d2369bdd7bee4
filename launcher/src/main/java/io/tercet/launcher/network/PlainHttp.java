package io.tercet.launcher.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Just enough HTTP/1.1 to ask a service on this machine. Java's own client would cost a start 0.3
/// s of processor time.
///
/// Bounds: two seconds to connect and for each read; at most 100 lines of a response's head.
public final class PlainHttp {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int HEAD_LINES_MAX = 100;

  private PlainHttp() {}

  /// Whether the response to a GET is 200. No answer counts as no.
  public static boolean answersOk(String host, int port, String path) {
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nConnection: close\r\n\r\n";
    try {
      List<String> head = exchange(host, port, request);
      return !head.isEmpty() && head.getFirst().startsWith("HTTP/1.1 200");
    } catch (IOException noAnswer) {
      return false;
    }
  }

  /// Sends a whole request and reads the head of the response.
  ///
  /// @return the status line and the header lines
  public static List<String> exchange(String host, int port, String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      List<String> head = new ArrayList<>();
      String line = reader.readLine();
      while (line != null && !line.isEmpty() && head.size() < HEAD_LINES_MAX) {
        head.add(line);
        line = reader.readLine();
      }
      return head;
    }
  }
}
