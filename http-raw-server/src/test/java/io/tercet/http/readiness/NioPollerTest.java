package io.tercet.http.readiness;

import io.tercet.http.nio.NioNetwork;

class NioPollerTest extends PollerContract {
  @Override
  Network network() {
    return new NioNetwork();
  }

  @Override
  Poller poller(Network from) {
    return from.poller(Network.Kind.EPOLL);
  }
}
