package io.tercet.files.security;

import io.tercet.files.identity.ServiceSecret;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.problem.ProblemWriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Three filter chains: management (open, on a port of its own), services, people.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  @Order(1)
  SecurityFilterChain management(HttpSecurity http) {
    http.securityMatcher(EndpointRequest.toAnyEndpoint());
    return stateless(http).authorizeHttpRequests(any -> any.anyRequest().permitAll()).build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain services(HttpSecurity http, ServiceSecret secret) {
    JwtDecoder tokens = TokenVerifier.forServices(secret, "file-service", CALLERS);
    return stateless(http)
        .securityMatcher("/internal/**")
        .authorizeHttpRequests(any -> any.anyRequest().authenticated())
        .oauth2ResourceServer(
            server -> server.jwt(jwt -> jwt.decoder(tokens)).authenticationEntryPoint(SIGN_IN))
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain people(HttpSecurity http, JwtDecoder tokensOfPeople) {
    return stateless(http)
        .authorizeHttpRequests(
            any -> any.requestMatchers("/api/**").authenticated().anyRequest().permitAll())
        .oauth2ResourceServer(server ->
            server
                .jwt(jwt ->
                    jwt.decoder(tokensOfPeople)
                        .jwtAuthenticationConverter(PersonAuthentication::of))
                .authenticationEntryPoint(SIGN_IN))
        .build();
  }

  @Bean
  JwtDecoder tokensOfPeople(@Value("${tercet.chat-url}") String chatUrl) {
    return TokenVerifier.forPeople(chatUrl + "/.well-known/jwks.json");
  }

  /// @param names further names of this service, without port
  @Bean
  ServiceHosts serviceHosts(@Value("${tercet.service-hosts}") List<String> names) {
    return new ServiceHosts(names);
  }

  /// Guards the management port, too. Allows characters in names that Spring refuses by default
  /// (percent, semicolon, backslash): our own path parser checks them. Encoded slashes, NULs, dot
  /// segments and line ends stay forbidden.
  @Bean
  HttpFirewall firewall(ServiceHosts hosts) {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHostnames(hosts);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowSemicolon(true);
    firewall.setAllowBackSlash(true);
    return firewall;
  }

  @Bean
  RequestRejectedHandler refusedRequests(ServiceHosts hosts) {
    return (request, response, _) -> {
      if (!hosts.test(request.getServerName())) {
        ProblemWriter.write(
            response, ProblemType.MISDIRECTED_REQUEST, ProblemType.MISDIRECTED_REQUEST.title());
        return;
      }
      if (!METHODS.contains(request.getMethod())) {
        response.setHeader("Allow", String.join(", ", METHODS));
        ProblemWriter.write(response, ProblemType.METHOD_NOT_ALLOWED, "Use another method.");
        return;
      }
      boolean path = request.getRequestURI().startsWith("/api/files/");
      ProblemType type = path ? ProblemType.INVALID_PATH : ProblemType.INVALID_REQUEST;
      ProblemWriter.write(response, type, "The path or a header holds what may not be there.");
    };
  }

  /// What the firewall lets through.
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Set<String> CALLERS = Set.of("http-raw-server", "web-gateway");

  private static final AuthenticationEntryPoint SIGN_IN =
      (_, response, refused) -> {
        response.setHeader("WWW-Authenticate", "Bearer");
        ProblemWriter.write(response, ProblemType.UNAUTHENTICATED, reason(refused.getMessage()));
      };

  private static final AccessDeniedHandler DENIED =
      (_, response, _) -> ProblemWriter.write(response, ProblemType.UNAUTHENTICATED, null);

  private static String reason(@Nullable String message) {
    return message != null && message.contains("expired")
        ? "The token has expired: get a new one."
        : "Show a token: Authorization: Bearer <token>.";
  }

  private static HttpSecurity stateless(HttpSecurity http) {
    return http.csrf(csrf -> csrf.disable())
        .logout(logout -> logout.disable())
        .requestCache(cache -> cache.disable())
        .anonymous(anonymous -> anonymous.disable())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(e -> e.authenticationEntryPoint(SIGN_IN).accessDeniedHandler(DENIED));
  }
}
