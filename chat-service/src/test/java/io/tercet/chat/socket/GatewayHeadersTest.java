package io.tercet.chat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

class GatewayHeadersTest {

  @Test
  void tellAboutTheClientWhenTheGatewaySendsThem() throws Exception {
    assertThat(ask("127.0.0.0/8", "X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "https"))
        .isEqualTo("198.51.100.7 https true 127.0.0.1");
    assertThat(
            ask(
                "127.0.0.1",
                "X-Forwarded-Host",
                "tercet.example",
                "Forwarded",
                "for=6.6.6.6;host=tercet.example"))
        .isEqualTo("127.0.0.1 http false 127.0.0.1");
  }

  @Test
  void tellAnAddressOfVersionSix() throws Exception {
    assertThat(ask("127.0.0.0/8", "X-Forwarded-For", "2001:db8:0:0:0:0:0:7"))
        .contains("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void haveNoEffectWhenAnybodyElseSendsThem() throws Exception {
    assertThat(
            ask(
                "192.0.2.0/24",
                "X-Forwarded-For",
                "198.51.100.7",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "evil.example",
                "Forwarded",
                "for=198.51.100.7;proto=https;host=evil.example",
                "X-Proxied-Https",
                "on"))
        .isEqualTo("127.0.0.1 http false 127.0.0.1");
  }

  @Test
  void comeFromAddressesAndRangesOnly() {
    assertThatThrownBy(() -> new GatewayHeaders(new GatewaySettings(List.of("web-gateway"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String ask(String gateway, String... headers) throws Exception {
    JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
    new GatewayHeaders(new GatewaySettings(List.of(gateway))).customize(factory);
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
    }
  }

  private static final class Echo extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .write(
              String.join(
                  " ",
                  request.getRemoteAddr(),
                  request.getScheme(),
                  String.valueOf(request.isSecure()),
                  request.getServerName()));
    }
  }
}
