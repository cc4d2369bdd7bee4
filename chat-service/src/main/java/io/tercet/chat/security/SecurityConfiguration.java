package io.tercet.chat.security;

import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.SigningKey;
import java.time.InstantSource;
import javax.crypto.SecretKey;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/// Who may knock where: services at `/internal/`, people everywhere else.
///
/// There is no protection against forged requests of other sites here, since a cookie opens nothing
/// here: web-gateway turns it into a token and checks the Origin.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceSettings.class)
class SecurityConfiguration {

  /// Health and metrics are on a port of their own that nobody outside reaches.
  @Bean
  @Order(0)
  SecurityFilterChain managementDoor(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .csrf(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain serviceDoor(
      HttpSecurity http, ServiceSettings settings, InstantSource clock, ProblemWriter answers)
      throws Exception {
    SecretKey secret = ServiceSecret.read(settings.secretFile());
    JwtDecoder decoder = ServiceTokenDecoder.decoder(secret, clock);
    return bare(http.securityMatcher("/internal/**"), decoder, answers)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain peopleDoor(
      HttpSecurity http, SigningKey signingKey, Sessions sessions, ProblemWriter answers)
      throws Exception {
    JwtDecoder decoder = PersonTokenDecoder.decoder(signingKey, sessions);
    return bare(http, decoder, answers)
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

  private static HttpSecurity bare(HttpSecurity http, JwtDecoder decoder, ProblemWriter answers)
      throws Exception {
    UnauthenticatedEntryPoint unauthenticated = new UnauthenticatedEntryPoint(answers);
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
                    answers.write(
                        response,
                        ProblemType.UNAUTHENTICATED,
                        ProblemType.UNAUTHENTICATED.title())));
  }
}
