package io.tercet.chat.token;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/// A signing key in the database.
///
/// @param place in the order of keys; 0 if an older version wrote it beside this one
/// @param signsAt from when it signs, until the next one does
record StoredKey(ECKey key, long place, Instant signsAt) {

  @Override
  public String toString() {
    return "StoredKey[" + key.getKeyID() + " from " + signsAt + "]";
  }
}
