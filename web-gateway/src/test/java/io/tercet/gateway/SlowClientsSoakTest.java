package io.tercet.gateway;

import org.junit.jupiter.api.Tag;

/// As many slow clients as one machine has sockets for.
@Tag("soak")
class SlowClientsSoakTest extends SlowClientsTest {

  @Override
  int clients() {
    return 3_000;
  }
}
