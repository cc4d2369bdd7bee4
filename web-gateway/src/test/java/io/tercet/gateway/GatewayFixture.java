package io.tercet.gateway;

import org.junit.jupiter.api.BeforeEach;
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

  @BeforeEach
  void forget() {
    CHAT.reset();
    FILES.reset();
    PAGES.reset();
  }
}
