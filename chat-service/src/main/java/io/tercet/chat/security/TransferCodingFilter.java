package io.tercet.chat.security;

import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a body in a transfer coding other than chunked. Jetty takes the chunks away and leaves
/// the other codings, so a controller would read what is still packed.
///
/// Source: RFC 9112 §6.1.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TransferCodingFilter extends OncePerRequestFilter {

  private static final String CHUNKED = "chunked";

  private final ProblemWriter problems;

  TransferCodingFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
    if (codings.stream().allMatch(CHUNKED::equalsIgnoreCase)) {
      chain.doFilter(request, response);
    } else {
      // The body is not read, so the connection cannot be used again.
      response.setHeader("Connection", "close");
      problems.write(
          response, ProblemType.NOT_IMPLEMENTED, "Only the transfer coding chunked is understood.");
    }
  }
}
