package io.tercet.gateway.route;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.context.annotation.Configuration;

/// Refuses CORS preflights and requests of other sites. Our own page sends none, because it has the
/// same origin as the services.
@Configuration(proxyBeanMethods = false)
class CorsRejection {

  CorsRejection(RoutePredicateHandlerMapping routes) {
    routes.setCorsProcessor((_, _) -> {
      throw new ProblemException(ProblemType.FOREIGN_ORIGIN, "No other site may use this address.");
    });
  }
}
