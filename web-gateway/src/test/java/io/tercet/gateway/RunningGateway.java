package io.tercet.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The real gateway on a free port.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class RunningGateway {

  static {
    // A machine may be slow.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";
  static final String ALLOWED_ORIGIN = "https://talk.example.org";

  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("tercet.identity.service-secret-file", RunningGateway::secretFile);
    registry.add("tercet.origin.allowed", () -> ALLOWED_ORIGIN);
    registry.add("management.server.port", () -> "0");
  }

  /// A request to the gateway; its Host header is the address of the gateway unless a test sets it.
  RawRequest request(String method, String target) {
    return new RawRequest(port, method, target);
  }

  String ownOrigin() {
    return "http://127.0.0.1:" + port;
  }

  private static Path secretFile() {
    try {
      var file = Files.createTempFile("service-secret", "");
      file.toFile().deleteOnExit();
      return Files.writeString(file, SECRET + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
