package io.tercet.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

class GatewayHeadersValveTest {

  @Test
  void tellsAboutTheClientWhenTheGatewaySendsTheHeaders() throws Exception {
    assertThat(ask("127.0.0.0/8", "X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https"))
        .isEqualTo("198.51.100.7 true");
    assertThat(ask("127.0.0.1", "X-Forwarded-For", "2001:db8:0:0:0:0:0:7"))
        .isEqualTo("2001:db8:0:0:0:0:0:7 false");
  }

  @Test
  void ignoresTheHeadersOfAnybodyElse() throws Exception {
    assertThat(
            ask(
                "192.0.2.0/24",
                "X-Forwarded-For",
                "198.51.100.7",
                "X-Forwarded-Proto",
                "https",
                "Forwarded",
                "for=198.51.100.7;proto=https"))
        .isEqualTo("127.0.0.1 false");
  }

  private static String ask(String gateway, String... headers) throws Exception {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    new TomcatConfiguration().customizedTomcat(List.of(gateway)).customize(factory);
    WebServer server =
        factory.getWebServer(context -> context.addServlet("echo", new Echo()).addMapping("/"));
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/"))
              .headers(headers)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } finally {
      server.stop();
      server.destroy();
    }
  }

  private static final class Echo extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write(request.getRemoteAddr() + " " + request.isSecure());
    }
  }
}
