package io.tercet.chat.socket.jetty;

import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes Jetty answer every error of its own with a problem, and give every request an id.
@Component
final class JettyProblems implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

  private final ProblemErrorHandler errors;

  JettyProblems(JsonMapper json) {
    this.errors = new ProblemErrorHandler(json);
  }

  @Override
  public void customize(ConfigurableJettyWebServerFactory factory) {
    factory.addServerCustomizers(this::addTo);
  }

  private void addTo(Server server) {
    server.setErrorHandler(errors);
    RequestIdHandler ids = new RequestIdHandler();
    ids.setHandler(server.getHandler());
    server.setHandler(ids);
    server.setRequestLog(ids);
  }
}
