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

/// Answers who did not show a good token.
final class UnauthenticatedEntryPoint implements AuthenticationEntryPoint {

  private final ProblemWriter answers;

  UnauthenticatedEntryPoint(ProblemWriter answers) {
    this.answers = answers;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    if (sessionEnded(failure)) {
      answers.write(response, ProblemType.SESSION_ENDED, "Enter again.");
    } else {
      answers.write(
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
