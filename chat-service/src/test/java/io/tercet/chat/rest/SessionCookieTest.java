package io.tercet.chat.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionCookieTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void isBoundToItsHostOverTls() {
    request.setSecure(true);

    assertThat(SessionCookie.set(request, "s", DAY))
        .singleElement()
        .asString()
        .startsWith("__Host-tercet-session=s; Path=/; Max-Age=86400;")
        .contains("; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void isPlainWithoutTls() {
    assertThat(SessionCookie.set(request, "s", DAY))
        .singleElement()
        .asString()
        .startsWith("tercet-session=s; Path=/; Max-Age=86400;")
        .doesNotContain("Secure");
  }

  @Test
  void replacesTheOneOfTheOtherScheme() {
    request.setSecure(true);
    request.setCookies(new Cookie("tercet-session", "old"), new Cookie("theme", "dark"));

    assertThat(SessionCookie.set(request, "new", DAY))
        .hasSize(2)
        .anyMatch(cookie -> cookie.startsWith("__Host-tercet-session=new;"))
        .anyMatch(cookie -> cookie.startsWith("tercet-session=; Path=/; Max-Age=0;"));
  }

  @Test
  void isReadAndClearedUnderBothNames() {
    request.setCookies(
        new Cookie("tercet-session", "a"),
        new Cookie("tercet-session", "planted"),
        new Cookie("__Host-tercet-session", "b"));

    assertThat(SessionCookie.read(request)).containsExactly("b", "a");
    assertThat(SessionCookie.clear(request))
        .hasSize(2)
        .allMatch(cookie -> cookie.contains("=; Path=/; Max-Age=0;"));
  }
}
