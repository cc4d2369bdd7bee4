package io.tercet.http.readiness;

import io.tercet.http.posix.socket.PosixNetwork;

class SelectPollerTest extends PollerContract {
  @Override
  Network network() {
    return new PosixNetwork();
  }

  @Override
  Poller poller(Network from) {
    return from.poller(Network.Kind.SELECT);
  }

  @Override
  boolean tellsLevels() {
    return true;
  }
}
