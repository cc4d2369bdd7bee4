package io.tercet.files.http;

import io.tercet.files.problem.ProblemValve;
import io.tercet.files.problem.RequestIdValve;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

  /// Makes Tomcat report its own errors as problems, give every request an id, accept a backslash
  /// in names, believe the gateway, and ask for a body that waits for 100 (Continue) when somebody
  /// reads it: not before the request is checked.
  ///
  /// @param gateways addresses and ranges that web-gateway connects from
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> customizedTomcat(
      @Value("${tercet.gateway-addresses}") List<String> gateways) {
    return factory -> {
      factory.addEngineValves(new RequestIdValve(), new GatewayHeadersValve(gateways));
      factory.addConnectorCustomizers(connector -> {
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setProperty("continueResponseTiming", "onRead");
      });
      factory.addContextCustomizers(context -> {
        if (context.getParent() instanceof StandardHost host) {
          host.setErrorReportValveClass(ProblemValve.class.getName());
        }
      });
    };
  }
}
