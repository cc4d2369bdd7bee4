package io.tercet.http.connection;

import java.util.Objects;

/// A final response as a client reads it.
///
/// @param close whether it says that it is the last
/// @param body null where only the handler of the test knows it; equals any
record Answer(int status, boolean close, String body) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Answer answer
        && answer.status == status
        && answer.close == close
        && (body == null || answer.body == null || body.equals(answer.body));
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, close);
  }

  @Override
  public String toString() {
    boolean isLong = body != null && body.length() > 80;
    return status + (close ? " close " : " ") + (isLong ? body.length() + " bytes" : body);
  }
}
