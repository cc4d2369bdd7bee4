package io.tercet.lab.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.concurrency.Trait;
import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.message.Version;
import io.tercet.http.server.RunningServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelEndpointTest {
  private static final String SECRET = "a secret that nobody guesses";
  private static final String RIGHT = "Bearer " + SECRET;

  private final StubServer server = new StubServer();
  private ModelEndpoint endpoint;

  @BeforeEach
  void open() {
    ManagementToken token = new ManagementToken(SECRET.getBytes(UTF_8));
    endpoint = new ModelEndpoint(server, token, request -> Response.empty(Status.OK, Fields.NONE));
  }

  @Test
  void saysWhichModelServesAndWhichThereAre() {
    Response response = endpoint.handle(Request.get("a", "/model"));
    assertThat(response.status()).isEqualTo(Status.OK);
    assertThat(response.fields().first("Content-Type")).hasValue("application/json");
    assertThat(text(response))
        .isEqualTo("{\"model\":\"epoll\",\"models\":[\"epoll\",\"poll\",\"broken\"]}\n");
  }

  @Test
  void exchangesForWhoeverHasTheToken() {
    Response response = post("name=poll", "Authorization", RIGHT);
    assertThat(response.status()).isEqualTo(Status.OK);
    assertThat(text(response)).startsWith("{\"model\":\"poll\"");
    assertThat(server.exchanges).containsExactly("poll");
  }

  @Test
  void knowsTheSchemeInAnyCase() {
    assertThat(post("name=poll", "Authorization", "bearer " + SECRET).status())
        .isEqualTo(Status.OK);
  }

  @Test
  void leavesTheModelThatServesAlone() {
    assertThat(post("name=epoll", "Authorization", RIGHT).status()).isEqualTo(Status.OK);
    assertThat(server.exchanges).isEmpty();
  }

  @Test
  void wantsAToken() {
    Response response = post("name=poll");
    assertProblem(response, Status.UNAUTHORIZED, "unauthenticated");
    assertThat(response.fields().first("WWW-Authenticate")).hasValue("Bearer");
    assertProblem(
        post("name=poll", "Authorization", "Basic YTpi"), Status.UNAUTHORIZED, "unauthenticated");
  }

  @Test
  void refusesAnotherToken() {
    for (String wrong : List.of("", "another", SECRET + "!", SECRET.substring(1))) {
      assertProblem(
          post("name=poll", "Authorization", "Bearer " + wrong), Status.FORBIDDEN, "wrong-token");
    }
  }

  @Test
  void wantsAName() {
    assertProblem(post("", "Authorization", RIGHT), Status.BAD_REQUEST, "invalid-request");
    assertProblem(
        post("model=poll", "Authorization", RIGHT), Status.BAD_REQUEST, "invalid-request");
  }

  @Test
  void saysWhichModelsThereAreToWhoeverAsksForAnother() {
    Response response = post("name=fork", "Authorization", RIGHT);
    assertProblem(response, Status.NOT_FOUND, "model-not-found");
    assertThat(text(response)).contains("the models are epoll, poll, broken");
  }

  @Test
  void saysWhyAModelCannotStart() {
    Response response = post("name=broken", "Authorization", RIGHT);
    assertProblem(response, Status.CONFLICT, "model-cannot-start");
    assertThat(text(response)).contains("no more descriptors");
  }

  @Test
  void takesNoOtherMethod() {
    Response response = endpoint.handle(request("DELETE", ""));
    assertProblem(response, Status.METHOD_NOT_ALLOWED, "method-not-allowed");
    assertThat(response.fields().first("Allow")).hasValue("GET, HEAD, POST, OPTIONS");
  }

  @Test
  void leavesEverythingElseToTheOther() {
    assertThat(text(endpoint.handle(Request.get("a", "/metrics")))).isEmpty();
  }

  @Test
  void refusesATokenThatCouldBeGuessed() {
    byte[] fifteen = "fifteen bytes..".getBytes(UTF_8);
    assertThatThrownBy(() -> new ManagementToken(fifteen)).hasMessage("shorter than 16 bytes");
  }

  private Response post(String query, String... fields) {
    return endpoint.handle(request("POST", query, fields));
  }

  private static Request request(String method, String query, String... fields) {
    return new Request(method, "/model", query, "a", Version.HTTP_1_1, Headers.of(fields));
  }

  private void assertProblem(Response response, Status status, String slug) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.fields().first("Content-Type")).hasValue("application/problem+json");
    assertThat(text(response)).contains("\"urn:tercet:problem:" + slug + "\"");
    assertThat(server.exchanges).isEmpty();
  }

  private static String text(Response response) {
    return new String(((Body.Bytes) response.body()).bytes(), UTF_8);
  }

  private static final class StubServer implements RunningServer {
    private final List<String> exchanges = new ArrayList<>();

    @Override
    public InetSocketAddress address() {
      return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public String model() {
      return exchanges.isEmpty() ? "epoll" : exchanges.getLast();
    }

    @Override
    public Set<Trait> traits() {
      return Set.of();
    }

    @Override
    public List<String> models() {
      return List.of("epoll", "poll", "broken");
    }

    @Override
    public void exchangeModel(String name) throws IOException {
      if (name.equals("broken")) {
        throw new IOException("no more descriptors");
      }
      exchanges.add(name);
    }

    @Override
    public long requests() {
      return 0;
    }

    @Override
    public int connections() {
      return 0;
    }
  }
}
