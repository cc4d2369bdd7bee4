package io.tercet.gateway.route;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.context.annotation.Configuration;

/// Answers a page of another site that asks what it may do here: nothing. Our own page never has to
/// ask, since it and the services share an origin.
@Configuration(proxyBeanMethods = false)
class CorsRejection {

  CorsRejection(RoutePredicateHandlerMapping routes) {
    routes.setCorsProcessor((_, _) -> {
      throw new ProblemException(ProblemType.FOREIGN_ORIGIN, "No other site may use this address.");
    });
  }
}
