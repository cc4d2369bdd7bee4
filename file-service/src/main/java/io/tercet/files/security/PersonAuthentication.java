package io.tercet.files.security;

import io.tercet.files.identity.Person;
import java.util.List;
import java.util.UUID;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.jwt.Jwt;

/// The authentication of a request with a valid token of a person. Controllers get the person as
/// `@AuthenticationPrincipal`.
final class PersonAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Person person;

  private PersonAuthentication(Person person) {
    super(List.of());
    this.person = person;
    setAuthenticated(true);
  }

  static PersonAuthentication of(Jwt token) {
    String name = token.getClaimAsString("name");
    Boolean guest = token.getClaimAsBoolean("guest");
    if (token.getSubject() == null || name == null || guest == null) {
      throw new BadCredentialsException("the token names nobody");
    }
    try {
      return new PersonAuthentication(new Person(UUID.fromString(token.getSubject()), name, guest));
    } catch (IllegalArgumentException e) {
      throw new BadCredentialsException("the token names nobody", e);
    }
  }

  @Override
  public Person getPrincipal() {
    return person;
  }

  @Override
  public String getCredentials() {
    return "";
  }
}
