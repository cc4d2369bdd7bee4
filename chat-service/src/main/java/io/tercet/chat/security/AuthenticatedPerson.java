package io.tercet.chat.security;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.session.SessionId;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.Jwt;

/// Who asks: the person of a token, as it says, and the session that it lives by.
public record AuthenticatedPerson(Person person, SessionId sessionId) {

  /// Reads a token that was checked.
  public static AuthenticatedPerson of(Jwt token) {
    return new AuthenticatedPerson(
        new Person(
            PersonId.of(claim(token, "sub")),
            claim(token, "name"),
            Boolean.TRUE.equals(token.getClaimAsBoolean("guest"))),
        new SessionId(UUID.fromString(claim(token, "sid"))));
  }

  private static String claim(Jwt token, String name) {
    return Objects.requireNonNull(token.getClaimAsString(name), name);
  }
}
