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

/// Signs people in and out over HTTP.
@RestController
class SessionController {

  private final SignIn signIn;
  private final People people;
  private final SessionSettings settings;

  SessionController(SignIn signIn, People people, SessionSettings settings) {
    this.signIn = signIn;
    this.people = people;
    this.settings = settings;
  }

  record Credentials(
      @Nullable String name, @Nullable String displayName, @Nullable String password) {}

  record TokenBody(String token, String expiresAt, PersonBody person) {

    static TokenBody of(TokenGrant grant) {
      return new TokenBody(
          grant.token().value(),
          grant.token().expiresAt().toString(),
          PersonBody.of(grant.person()));
    }
  }

  @PostMapping("/api/people")
  ResponseEntity<PersonBody> register(
      @RequestBody Credentials credentials,
      @AuthenticationPrincipal @Nullable Jwt token,
      HttpServletRequest request) {
    return created(
        signIn.register(
            RequestFields.required(credentials.name(), "name"),
            credentials.displayName(),
            RequestFields.required(credentials.password(), "password"),
            requester(token),
            request.getRemoteAddr()),
        request);
  }

  @PostMapping("/api/session")
  ResponseEntity<PersonBody> signIn(
      @RequestBody Credentials credentials,
      @AuthenticationPrincipal @Nullable Jwt token,
      HttpServletRequest request) {
    String name = RequestFields.required(credentials.name(), "name");
    String password = credentials.password();
    return created(
        password == null
            ? signIn.asGuest(
                name, credentials.displayName(), requester(token), request.getRemoteAddr())
            : signIn.withPassword(name, password, request.getRemoteAddr()),
        request);
  }

  @GetMapping("/api/session")
  PersonBody current(@AuthenticationPrincipal Jwt token) {
    return people
        .find(AuthenticatedPerson.of(token).person().personId())
        .map(PersonBody::of)
        .orElseThrow(() -> new ProblemException(ProblemType.SESSION_ENDED, "Sign in again."));
  }

  @DeleteMapping("/api/session")
  ResponseEntity<Void> signOut(
      @AuthenticationPrincipal @Nullable Jwt token, HttpServletRequest request) {
    if (token != null) {
      AuthenticatedPerson signedIn = AuthenticatedPerson.of(token);
      signIn.signOut(signedIn.person().personId(), signedIn.sessionId());
    }
    SessionCookie.read(request).forEach(signIn::signOut);
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
          signIn.issueToken(
              credentials.name(),
              RequestFields.required(credentials.password(), "password"),
              request.getRemoteAddr()));
    }
    if (token == null) {
      throw new ProblemException(
          ProblemType.UNAUTHENTICATED, "Send name and password, or a session's cookie or token.");
    }
    return TokenBody.of(signIn.renewToken(AuthenticatedPerson.of(token).sessionId()));
  }

  private ResponseEntity<PersonBody> created(SignInResult result, HttpServletRequest request) {
    String[] cookies =
        SessionCookie.set(request, result.session().secret(), settings.sessionIdleMax());
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.SET_COOKIE, cookies)
        .body(PersonBody.of(result.person()));
  }

  private static @Nullable PersonId requester(@Nullable Jwt token) {
    return token == null ? null : AuthenticatedPerson.of(token).person().personId();
  }
}
