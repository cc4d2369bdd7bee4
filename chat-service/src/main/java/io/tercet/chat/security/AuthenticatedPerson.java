package io.tercet.chat.security;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.session.SessionId;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.Jwt;

/// The person of a request, as their token says, and the session that the token depends on.
public record AuthenticatedPerson(Person person, SessionId sessionId) {

  /// Reads the claims of a verified token.
  public static AuthenticatedPerson of(Jwt token) {
    String name = claim(token, "name");
    String displayName = token.getClaimAsString("displayName");
    return new AuthenticatedPerson(
        new Person(
            PersonId.of(claim(token, "sub")),
            name,
            displayName == null ? name : displayName,
            Boolean.TRUE.equals(token.getClaimAsBoolean("guest"))),
        new SessionId(UUID.fromString(claim(token, "sid"))));
  }

  private static String claim(Jwt token, String name) {
    return Objects.requireNonNull(token.getClaimAsString(name), name);
  }
}
