package io.tercet.lab.handler;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Answers with a hash of a hash of a hash, as a handler does that checks a password. The processor
/// has a few milliseconds of work, and no model can make it less. Models differ in how many cores
/// do the work, and in which connections wait meanwhile.
public final class ComputingHandler implements Handler {
  private static final Fields TEXT = Fields.of("Content-Type", "text/plain");

  private final int rounds;

  /// @param rounds of SHA-256, one over the result of the other
  public ComputingHandler(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public Response handle(Request request) {
    MessageDigest sha256 = sha256();
    byte[] result = request.path().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < rounds; i++) {
      result = sha256.digest(result);
    }
    String line = HexFormat.of().formatHex(result) + "\n";
    return Response.of(Status.OK, TEXT, line.getBytes(StandardCharsets.US_ASCII));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java has SHA-256", impossible);
    }
  }
}
