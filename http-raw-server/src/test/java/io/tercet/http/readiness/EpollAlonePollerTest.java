package io.tercet.http.readiness;

import io.tercet.http.posix.PosixNetwork;

/// epoll where calls are not handed in together.
class EpollAlonePollerTest extends PollerContract {
  @Override
  Network network() {
    return new PosixNetwork(false);
  }

  @Override
  Poller poller(Network from) {
    return from.poller(Network.Kind.EPOLL);
  }
}
