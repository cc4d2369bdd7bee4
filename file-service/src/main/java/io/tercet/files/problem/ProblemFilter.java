package io.tercet.files.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// The outermost filter. It turns exceptions of the other filters into problems.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemFilter extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(ProblemFilter.class);

  private final ClientAborts aborts;

  ProblemFilter(ClientAborts aborts) {
    this.aborts = aborts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    // Path parameters have no meaning here, and "..;" could pass a check for "..".
    if (request.getRequestURI().indexOf(';') >= 0) {
      ProblemWriter.write(response, ProblemType.INVALID_PATH, "Write a semicolon as %3B.");
      return;
    }
    try {
      chain.doFilter(request, response);
    } catch (AuthenticationServiceException e) {
      log.warn("cannot verify tokens: {}", e.getMessage());
      ProblemWriter.write(response, ProblemType.SERVICE_UNAVAILABLE, null);
    } catch (IOException e) {
      aborts.count(e);
      throw e;
    } catch (ServletException | RuntimeException e) {
      log.error("request failed", e);
      ProblemWriter.write(response, ProblemType.INTERNAL_ERROR, null);
    }
  }
}
