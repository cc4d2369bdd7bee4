package io.tercet.chat.token;

import java.time.Instant;

/// A signed token and its expiry.
public record IssuedToken(String value, Instant expiresAt) {

  @Override
  public String toString() {
    return "IssuedToken[until " + expiresAt + "]";
  }
}
