package io.tercet.chat.rest;

import io.tercet.chat.people.People;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.security.AuthenticatedPerson;
import io.tercet.chat.session.SessionSettings;
import io.tercet.chat.signin.SignIn;
import io.tercet.chat.signin.SignInResult;
import io.tercet.chat.signin.TokenGrant;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Coming in and going out.
@RestController
class SessionController {

  private final SignIn entrance;
  private final People people;
  private final SessionSettings settings;

  SessionController(SignIn entrance, People people, SessionSettings settings) {
    this.entrance = entrance;
    this.people = people;
    this.settings = settings;
  }

  record Credentials(@Nullable String name, @Nullable String password) {}

  record TokenBody(String token, String expiresAt, PersonBody person) {

    static TokenBody of(TokenGrant token) {
      return new TokenBody(
          token.issued().token(),
          token.issued().expiresAt().toString(),
          PersonBody.of(token.person()));
    }
  }

  @PostMapping("/api/people")
  ResponseEntity<PersonBody> register(
      @RequestBody Credentials credentials,
      @AuthenticationPrincipal @Nullable Jwt token,
      HttpServletRequest request) {
    return entered(
        entrance.register(
            RequestFields.required(credentials.name(), "name"),
            RequestFields.required(credentials.password(), "password"),
            asker(token)),
        request);
  }

  @PostMapping("/api/session")
  ResponseEntity<PersonBody> enter(
      @RequestBody Credentials credentials,
      @AuthenticationPrincipal @Nullable Jwt token,
      HttpServletRequest request) {
    String name = RequestFields.required(credentials.name(), "name");
    String password = credentials.password();
    return entered(
        password == null
            ? entrance.enterAsGuest(name, asker(token))
            : entrance.signIn(name, password, request.getRemoteAddr()),
        request);
  }

  @GetMapping("/api/session")
  PersonBody who(@AuthenticationPrincipal Jwt token) {
    return people
        .find(AuthenticatedPerson.of(token).person().personId())
        .map(PersonBody::of)
        .orElseThrow(() -> new ProblemException(ProblemType.SESSION_ENDED, "Enter again."));
  }

  @DeleteMapping("/api/session")
  ResponseEntity<Void> leave(
      @AuthenticationPrincipal @Nullable Jwt token, HttpServletRequest request) {
    if (token != null) {
      entrance.signOut(AuthenticatedPerson.of(token).sessionId());
    }
    String secret = SessionCookie.read(request);
    if (secret != null) {
      entrance.signOut(secret);
    }
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, SessionCookie.clear(request))
        .build();
  }

  @PostMapping("/api/session/token")
  TokenBody token(
      @RequestBody(required = false) @Nullable Credentials credentials,
      @AuthenticationPrincipal @Nullable Jwt token,
      HttpServletRequest request) {
    if (credentials != null && credentials.name() != null) {
      return TokenBody.of(
          entrance.tokenFor(
              credentials.name(),
              RequestFields.required(credentials.password(), "password"),
              request.getRemoteAddr()));
    }
    if (token == null) {
      throw new ProblemException(
          ProblemType.UNAUTHENTICATED, "Send name and password, or a session's cookie or token.");
    }
    return TokenBody.of(entrance.renew(AuthenticatedPerson.of(token).sessionId()));
  }

  private ResponseEntity<PersonBody> entered(SignInResult entered, HttpServletRequest request) {
    String cookie =
        SessionCookie.set(request, entered.session().secret(), settings.sessionIdleMax());
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.SET_COOKIE, cookie)
        .body(PersonBody.of(entered.person()));
  }

  private static @Nullable PersonId asker(@Nullable Jwt token) {
    return token == null ? null : AuthenticatedPerson.of(token).person().personId();
  }
}
