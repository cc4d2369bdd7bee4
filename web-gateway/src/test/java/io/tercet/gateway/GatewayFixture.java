package io.tercet.gateway;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The gateway in front of fake services that follow the contracts; all test classes share them.
abstract class GatewayFixture extends RunningGateway {

  static final FakeService CHAT_SERVICE = new FakeService("chat");
  static final FakeChat CHAT = new FakeChat(CHAT_SERVICE);
  static final FakeService FILES = new FakeService("files");
  static final FakeService PAGES = new FakeService("pages");

  @DynamicPropertySource
  static void services(DynamicPropertyRegistry registry) {
    registry.add("tercet.route.chat-url", CHAT_SERVICE::url);
    registry.add("tercet.route.files-url", FILES::url);
    registry.add("tercet.route.pages-url", PAGES::url);
  }

  @Autowired MeterRegistry metrics;

  @BeforeEach
  void forget() {
    CHAT.reset();
    FILES.reset();
    PAGES.reset();
    await().atMost(Duration.ofSeconds(30)).until(() -> hears(metrics));
  }

  /// Whether a gateway hears of ended sessions; it forgets what it cached when it begins to.
  static boolean hears(MeterRegistry metrics) {
    return metrics.get("tercet.sessions.heard").gauge().value() == 1;
  }
}
