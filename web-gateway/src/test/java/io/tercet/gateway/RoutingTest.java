package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest extends GatewayFixture {

  @ParameterizedTest
  @CsvSource({
    "/,                           pages",
    "/assets/index.js,            pages",
    "/rooms/lobby,                pages",
    "/apiary,                     pages",
    "/api/session,                chat",
    "/api/session/token,          chat",
    "/api/people?name=ada,        chat",
    "/api/rooms,                  chat",
    "/api/rooms/r/messages,       chat",
    "/api/direct,                 chat",
    "/.well-known/jwks.json,      chat",
    "/api/files/people/me/,       files",
    "/api/uploads/u,              files",
    "/api/sites,                  files",
    "/api/sites/s,                files",
    "/s/share,                    files",
  })
  void leadsEachAddressToItsService(String target, String service) {
    assertThat(request("GET", target).send().text()).isEqualTo(service);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/nothing",
        "/api/search?q=x",
        "/api/hooks/h",
        "/api/server/models",
        "/api/sessions",
        "/api/session/other",
        "/s",
        "/s/share/more",
        "/.well-known/security.txt",
        "/internal",
        "/internal/session/exchange",
        "/INTERNAL/x",
        "/%69nternal/x",
        "/internal;a=b/x",
        "/actuator",
        "/actuator/health",
        "/%61ctuator/health",
      })
  void knowsNoOtherAddress(String target) {
    var answer = request("GET", target).send();

    assertThat(answer.problem()).isEqualTo("not-found");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("No part of Tercet has this address.");
    assertNothingWasReached();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//internal/session/exchange",
        "/x/../internal/session/exchange",
        "/api/rooms/../../internal/session/exchange",
        "/api/rooms/%2e%2e/%2E%2E/internal/session/exchange",
        "/api/rooms/.%2e/internal",
        "/api/rooms/..;/..;x=y/internal/session/exchange",
        "/api/rooms/..%2f..%2Finternal/session/exchange",
        "/api/rooms/./r",
      })
  void refusesAPathThatServicesCouldReadAsAnother(String target) {
    var answer = request("GET", target).send();

    assertThat(answer.problem()).isEqualTo("invalid-path");
    assertThat(answer.status()).isEqualTo(400);
    assertNothingWasReached();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/files/people/me/a%20b%25c.txt",
        "/api/files/people/me/%E4%BD%A0%F0%9F%98%80?after=%5Bx%5D&limit=10",
        "/api/files/people/me/plus+and;semicolon=1",
        "/api/files/people/me/a%20b?after=[x]",
        "/api/files/people/me/x?q=%",
        "/api/files/people/me/%5Cback",
      })
  void passesAnAddressOnAsItCame(String target) {
    request("GET", target).send();

    // A lone "%" is not a valid URL, so the request is refused before the routes.
    if (target.endsWith("%")) {
      assertThat(FILES.seen()).isEmpty();
    } else {
      assertThat(FILES.onlyRequest().uri()).isEqualTo(target);
    }
  }

  @Test
  void overhearsTheWishForAnotherProtocolWhereThereIsNone() {
    var answer =
        request("GET", "/")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .send();

    assertThat(answer.text()).isEqualTo("pages");
    assertThat(PAGES.onlyRequest().header("Upgrade")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"talk.example.org", "localhost:8080", "[::1]:8080", "192.0.2.7"})
  void servesThePageUnderAnyNameOfItsOwnAndPassesTheNameOn(String host) {
    assertThat(request("GET", "/").host(host).send().text()).isEqualTo("pages");
    assertThat(PAGES.onlyRequest().header("Host")).isEqualTo(host);
  }

  @Test
  void refusesARequestWithoutOneClearHost() {
    assertThat(request("GET", "/").withoutHost().send().problem()).isEqualTo("invalid-request");
    assertThat(request("GET", "/").host("a").host("b").send().problem())
        .isEqualTo("invalid-request");
    assertThat(request("GET", "/").host("blog.pages.localhost@evil").send().problem())
        .isEqualTo("invalid-request");
    assertNothingWasReached();
  }

  @Nested
  class AtASiteHost {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "blog.pages.localhost",
          "blog.pages.localhost:8080",
          "BLOG.Pages.LocalHost:8080",
          "blog.pages.localhost.",
          "x-1.pages.localhost"
        })
    void everyPathLeadsToPagesWithItsHost(String host) {
      for (var path : new String[] {"/", "/api/session", "/api/files/people/me/", "/s/x"}) {
        PAGES.reset();
        assertThat(request("GET", path).host(host).send().text()).isEqualTo("pages");
        assertThat(PAGES.onlyRequest().header("Host")).isEqualTo(host);
        assertThat(PAGES.onlyRequest().uri()).isEqualTo(path);
      }
      assertThat(CHAT.seen()).isEmpty();
      assertThat(FILES.seen()).isEmpty();
    }

    @Test
    void credentialsStayOutAndCookiesDoNotComeBack() {
      var answer =
          request("GET", "/")
              .host("blog.pages.localhost")
              .session("alive")
              .header("Authorization", "Bearer x")
              .send();

      assertThat(PAGES.onlyRequest().header("Cookie")).isNull();
      assertThat(PAGES.onlyRequest().header("Authorization")).isNull();
      assertThat(answer.headers()).doesNotContainKey("set-cookie");
      assertThat(CHAT.exchanged()).isEmpty();
    }

    @Test
    void pagesAreNotHeldToOurOwnPolicy() {
      assertThat(request("GET", "/").host("blog.pages.localhost").send().headers())
          .doesNotContainKeys("content-security-policy", "x-frame-options");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "pages.localhost",
          "a.b.pages.localhost",
          "-x.pages.localhost",
          "x-.pages.localhost",
          "under_score.pages.localhost",
          ".pages.localhost"
        })
    void whatIsNoSitesNameLeadsNowhere(String host) {
      var answer = request("GET", "/api/rooms").host(host).send();

      assertThat(answer.problem()).isEqualTo("site-not-found");
      assertThat(answer.status()).isEqualTo(404);
      assertNothingWasReached();
    }
  }

  private static void assertNothingWasReached() {
    assertThat(CHAT.causedByClients()).isEmpty();
    assertThat(FILES.seen()).isEmpty();
    assertThat(PAGES.seen()).isEmpty();
  }
}
