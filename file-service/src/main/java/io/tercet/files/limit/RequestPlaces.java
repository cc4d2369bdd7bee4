package io.tercet.files.limit;

import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Gives each request of a person a place from its beginning to its end.
///
/// A download that is not read keeps its buffer for as long as its client likes, and each change
/// waits for the one writer of the catalogue. Without shares, one person with thousands of
/// connections would take the memory and the writer from all others.
///
/// - Threading: safe.
/// - Errors: `too-fast` past a share, `service-unavailable` if every place is taken.
@Component
@EnableConfigurationProperties(RequestSettings.class)
final class RequestPlaces implements HandlerInterceptor, WebMvcConfigurer {
  private static final String PLACE = RequestPlaces.class.getName();

  private final Places places;

  RequestPlaces(RequestSettings settings) {
    this.places = new Places(settings.shares(), ProblemType.TOO_FAST, "requests");
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getUserPrincipal() instanceof Authentication authentication
        && authentication.getPrincipal() instanceof Person person) {
      InetAddress client = InetAddress.ofLiteral(request.getRemoteAddr());
      request.setAttribute(PLACE, places.take(person, client));
    }
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    if (request.getAttribute(PLACE) instanceof Runnable place) {
      request.removeAttribute(PLACE);
      place.run();
    }
  }
}
