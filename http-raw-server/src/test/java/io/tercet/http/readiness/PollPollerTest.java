package io.tercet.http.readiness;

import io.tercet.http.posix.socket.PosixNetwork;

class PollPollerTest extends PollerContract {
  @Override
  Network network() {
    return new PosixNetwork();
  }

  @Override
  Poller poller(Network from) {
    return from.poller(Network.Kind.POLL);
  }

  @Override
  boolean tellsLevels() {
    return true;
  }
}
