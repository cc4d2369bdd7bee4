package io.tercet.chat.security;

import io.tercet.chat.problem.ProblemAnswers;
import io.tercet.chat.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/// Answers who did not show a good token.
final class Unauthenticated implements AuthenticationEntryPoint {

  private final ProblemAnswers answers;

  Unauthenticated(ProblemAnswers answers) {
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
            .anyMatch(error -> PersonTokens.SESSION_ENDED.equals(error.getErrorCode()));
  }
}
