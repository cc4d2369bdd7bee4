package io.tercet.files.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Uploads that come too slowly or not at all, on the wire: 408, and their places are free.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StalledUploadTest {
  private static final String MINE = "/api/files/people/me/";
  private static final String PART =
      "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n";

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.upload.rate-window=1s",
            "--tercet.files.upload.concurrent-per-person-max=1",
            "--server.tomcat.connection-timeout=2s");
    ada = chat.person("ada");
  }

  @AfterAll
  void stop() {
    pace.shutdownNow();
    service.close();
    chat.close();
  }

  @BeforeEach
  void listen() {
    logged.start();
    ((Logger) LoggerFactory.getLogger("io.tercet.files.problem")).addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    ((Logger) LoggerFactory.getLogger("io.tercet.files.problem")).detachAppender(logged);
    logged.list.clear();
  }

  @Test
  void aFileThatComesByteByByteIsRefused() throws Exception {
    try (Socket socket = begin("PUT " + MINE + "slow", "")) {
      drip(socket);

      assertIsRefused(socket, "Send at least 1024 bytes in 1 s.");
    }
  }

  @Test
  void aFileThatStopsToComeIsRefused() throws Exception {
    try (Socket socket = begin("PUT " + MINE + "silent", "")) {
      socket.getOutputStream().write("the beginning".getBytes(US_ASCII));

      assertIsRefused(socket, "request-timeout");
    }
  }

  @Test
  void aFormThatComesByteByByteIsRefused() throws Exception {
    try (Socket socket =
        begin("POST " + MINE, "Content-Type: multipart/form-data; boundary=B\r\n")) {
      socket.getOutputStream().write(PART.getBytes(US_ASCII));
      drip(socket);

      assertIsRefused(socket, "Send at least 1024 bytes in 1 s.");
    }
  }

  @Test
  void aFormThatStopsToComeIsRefused() throws Exception {
    try (Socket socket =
        begin("POST " + MINE, "Content-Type: multipart/form-data; boundary=B\r\n")) {
      socket.getOutputStream().write((PART + "the beginning").getBytes(US_ASCII));

      assertIsRefused(socket, "request-timeout");
    }
  }

  private Socket begin(String line, String header) throws IOException {
    Socket socket = new Socket("127.0.0.1", service.port());
    socket.setSoTimeout(30_000);
    String head =
        "%s HTTP/1.1\r\nHost: t\r\n%s%sContent-Length: 1000000\r\n\r\n"
            .formatted(line, service.bearer(ada), header);
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }

  /// Sends a byte twenty times a second, until the server has ended the connection.
  private void drip(Socket socket) {
    pace.scheduleAtFixedRate(
        () -> {
          try {
            socket.getOutputStream().write('x');
          } catch (IOException ended) {
            throw new UncheckedIOException(ended);
          }
        },
        0,
        50,
        TimeUnit.MILLISECONDS);
  }

  /// The answer is 408 and the connection ends; nothing was stored, the log has no error, and
  /// another upload may come.
  private void assertIsRefused(Socket socket, String detail) throws Exception {
    String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
    assertThat(answer)
        .startsWith("HTTP/1.1 408")
        .contains("application/problem+json", "urn:tercet:problem:request-timeout", detail);
    await().atMost(Duration.ofSeconds(30)).until(() -> service.filesUnder("incoming") == 0);
    assertThat(logged.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    assertThat(service.names(ada, MINE)).isSubsetOf("whole");
    assertThat(service.put(ada, MINE + "whole", "whole").status()).isBetween(200, 201);
  }
}
