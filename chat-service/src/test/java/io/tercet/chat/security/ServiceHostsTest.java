package io.tercet.chat.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceHostsTest {

  private final ServiceHosts hosts = new ServiceHosts(List.of(" Chat.Internal.Example "));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "[::1]",
        "0:0:0:0:0:0:0:1",
        "localhost",
        "tercet.localhost",
        "chat-service",
        "chat-service.tercet.svc",
        "chat-service.tercet.svc.cluster.local",
        "chat.internal.example",
        "CHAT.internal.example"
      })
  void areThoseByWhichOurOwnServicesCall(String host) {
    assertThat(hosts.test(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "internal.example",
        "svc.evil.example",
        "1.2.3.4.5"
      })
  void areNoNamesThatSomebodyMayLetLeadHere(String host) {
    assertThat(hosts.test(host)).isFalse();
  }
}
