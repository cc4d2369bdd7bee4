package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;

class ManagementTest extends GatewayFixture {

  @LocalManagementPort int managementPort;

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
  void saysThatItIsWellOnAPortOfItsOwn(String target) {
    var answer = new RawRequest(managementPort, "GET", target).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("status").asString()).isEqualTo("UP");
  }

  @Test
  void countsRequestsByRouteAndStatusAndSockets() {
    request("GET", "/api/rooms").send();

    // A request counts when its answer has gone.
    await()
        .untilAsserted(() ->
            assertThat(new RawRequest(managementPort, "GET", "/actuator/prometheus").send().text())
                .containsPattern(
                    "spring_cloud_gateway_requests_seconds_count\\{[^}]*httpStatusCode=\"200\"[^}]*"
                        + "routeId=\"chat\"")
                .containsPattern("tercet_gateway_sockets \\d+\\.0"));
  }

  @Test
  void showsNothingElseOfItself() {
    assertThat(new RawRequest(managementPort, "GET", "/actuator/env").send().status())
        .isEqualTo(404);
  }
}
