package io.tercet.chat.token;

import java.time.Instant;

/// A signed token and when it ends.
public record IssuedToken(String token, Instant expiresAt) {

  @Override
  public String toString() {
    return "IssuedToken[until " + expiresAt + "]";
  }
}
