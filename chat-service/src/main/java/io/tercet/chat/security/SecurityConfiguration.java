package io.tercet.chat.security;

import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.SigningKeys;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.SecretKey;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Authenticates services at `/internal/` and people everywhere else.
///
/// CSRF protection is off, since no cookie authenticates a request here: web-gateway exchanges the
/// cookie for a token and checks the Origin.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceSettings.class)
class SecurityConfiguration {

  /// What the firewall lets through.
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /// Health and metrics have a port of their own, which the gateway does not forward to.
  @Bean
  @Order(0)
  SecurityFilterChain managementChain(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .csrf(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain serviceChain(
      HttpSecurity http, ServiceSettings settings, InstantSource clock, ProblemWriter problems)
      throws Exception {
    SecretKey secret = ServiceSecret.read(settings.secretFile());
    JwtDecoder decoder = ServiceTokenDecoder.decoder(secret, clock);
    return stateless(http.securityMatcher("/internal/**"), decoder, problems)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain peopleChain(
      HttpSecurity http, SigningKeys signingKeys, Sessions sessions, ProblemWriter problems)
      throws Exception {
    JwtDecoder decoder = PersonTokenDecoder.decoder(signingKeys, sessions);
    return stateless(http, decoder, problems)
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers(HttpMethod.POST, "/api/people", "/api/session/**")
                .permitAll()
                .requestMatchers(HttpMethod.DELETE, "/api/session")
                .permitAll()
                .requestMatchers("/.well-known/jwks.json", "/error")
                .permitAll()
                .anyRequest()
                .authenticated())
        .build();
  }

  /// @param names further names of this service, without port
  @Bean
  ServiceHosts serviceHosts(@Value("${tercet.service-hosts}") List<String> names) {
    return new ServiceHosts(names);
  }

  /// Guards the management port, too.
  @Bean
  HttpFirewall firewall(ServiceHosts hosts) {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHostnames(hosts);
    return firewall;
  }

  /// Answers what Spring's firewall refuses, such as a method that it does not know.
  @Bean
  RequestRejectedHandler refusedRequests(ProblemWriter problems, ServiceHosts hosts) {
    return (request, response, _) -> {
      if (!hosts.test(request.getServerName())) {
        problems.write(
            response, ProblemType.MISDIRECTED_REQUEST, ProblemType.MISDIRECTED_REQUEST.title());
      } else if (METHODS.contains(request.getMethod())) {
        problems.write(
            response,
            ProblemType.INVALID_REQUEST,
            "The path or a header holds what may not be there.");
      } else {
        response.setHeader(HttpHeaders.ALLOW, String.join(", ", METHODS));
        problems.write(response, ProblemType.METHOD_NOT_ALLOWED, "Use another method.");
      }
    };
  }

  private static HttpSecurity stateless(
      HttpSecurity http, JwtDecoder decoder, ProblemWriter problems) throws Exception {
    UnauthenticatedEntryPoint unauthenticated = new UnauthenticatedEntryPoint(problems);
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .anonymous(anonymous -> {})
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .oauth2ResourceServer(server ->
            server.jwt(jwt -> jwt.decoder(decoder)).authenticationEntryPoint(unauthenticated))
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(unauthenticated)
                .accessDeniedHandler((request, response, denied) ->
                    problems.write(
                        response,
                        ProblemType.UNAUTHENTICATED,
                        ProblemType.UNAUTHENTICATED.title())));
  }
}
