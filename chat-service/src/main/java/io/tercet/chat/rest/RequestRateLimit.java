package io.tercet.chat.rest;

import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.rate.RateLimiter;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Takes the tokens of a person's request: one of every request, and what its method [Costs].
@Component
final class RequestRateLimit implements HandlerInterceptor, WebMvcConfigurer {

  private final RateLimiter rates;

  RequestRateLimit(RateLimiter rates) {
    this.rates = rates;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (SecurityContextHolder.getContext().getAuthentication()
            instanceof JwtAuthenticationToken token
        && handler instanceof HandlerMethod method) {
      UUID personId = AuthenticatedPerson.of(token.getToken()).person().personId().value();
      rates.take(Action.REQUEST, personId);
      Costs costs = method.getMethodAnnotation(Costs.class);
      if (costs != null) {
        rates.take(costs.value(), personId);
      }
    }
    return true;
  }
}
