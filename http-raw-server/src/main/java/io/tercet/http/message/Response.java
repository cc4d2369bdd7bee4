package io.tercet.http.message;

/// One response. Date, Content-Length and Connection are added when it is rendered.
public record Response(Status status, Fields fields, Body body) {
  private static final byte[] NOTHING = new byte[0];

  /// A response of bytes in memory.
  public static Response of(Status status, Fields fields, byte[] bytes) {
    return new Response(status, fields, new Body.Bytes(bytes));
  }

  /// A response without a body.
  public static Response empty(Status status, Fields fields) {
    return of(status, fields, NOTHING);
  }
}
