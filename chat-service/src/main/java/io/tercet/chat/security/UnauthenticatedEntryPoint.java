package io.tercet.chat.security;

import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/// Answers a request without a valid token.
final class UnauthenticatedEntryPoint implements AuthenticationEntryPoint {

  private final ProblemWriter problems;

  UnauthenticatedEntryPoint(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    if (sessionEnded(failure)) {
      problems.write(response, ProblemType.SESSION_ENDED, "Sign in again.");
    } else {
      problems.write(
          response,
          ProblemType.UNAUTHENTICATED,
          "Send Authorization: Bearer with a token that has not expired.");
    }
  }

  private static boolean sessionEnded(AuthenticationException failure) {
    return failure.getCause() instanceof JwtValidationException invalid
        && invalid.getErrors().stream()
            .anyMatch(error -> PersonTokenDecoder.SESSION_ENDED.equals(error.getErrorCode()));
  }
}
