package io.tercet.chat.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Counts the requests whose client went before they were done. That is no failure of ours, and
/// there is nobody to answer.
@Component
class ClientAborts {

  private static final Logger log = LoggerFactory.getLogger(ClientAborts.class);

  private final Counter aborts;

  ClientAborts(MeterRegistry metrics) {
    this.aborts =
        Counter.builder("tercet.chat.aborts")
            .description("requests whose client went before they were done")
            .register(metrics);
  }

  void count(Throwable cause) {
    aborts.increment();
    log.debug("client went: cause={}", cause.toString());
  }
}
