package io.tercet.gateway.route;

import static org.springframework.cloud.gateway.support.RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR;

import io.tercet.gateway.filter.RouteFilters;
import io.tercet.gateway.limit.LimitSettings;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.PreserveHostHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.RemoveRequestHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.BooleanSpec;
import org.springframework.cloud.gateway.route.builder.Buildable;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/// Every route of the gateway; the first match counts. Source: contracts/http.md.
///
/// A path that no route matches answers 404 `not-found`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouteSettings.class)
class RoutingTable {

  /// file-service hashes and flushes an upload before it answers; a large file may take minutes.
  private static final long NO_TIMEOUT = -1;

  /// http-raw-server chooses the site by the `Host` header of the client.
  private static final GatewayFilter PRESERVE_HOST =
      new PreserveHostHeaderGatewayFilterFactory().apply();

  /// Ignores a request to switch protocols, as RFC 9110 §7.8 allows. Only one route has WebSockets;
  /// without this filter the gateway would open one to any service.
  private static final GatewayFilter REMOVE_UPGRADE =
      new RemoveRequestHeaderGatewayFilterFactory()
          .apply(header -> header.setName(HttpHeaders.UPGRADE));

  private static final String[] SESSION_PATHS = {"/api/session", "/api/session/token"};
  private static final String[] CHAT_PATHS = {
    "/api/people/**",
    "/api/rooms/**",
    "/api/direct",
    "/api/invitations/**",
    "/.well-known/jwks.json"
  };
  private static final String PICTURE_PATH = "/api/people/me/picture";
  private static final String[] FILE_PATHS = {
    "/api/files/**", "/api/uploads/**", "/api/sites/**", "/s/*"
  };
  private static final String[] NOT_PAGE_PATHS = {"/api/**", "/s/**", "/.well-known/**"};

  @Bean
  RouteLocator routes(
      RouteLocatorBuilder builder,
      RouteSettings settings,
      LimitSettings limits,
      RouteFilters with) {
    var sites = new SiteHosts(settings.sitesDomain());
    var chat = new Upstream(settings.chatUrl(), limits.callAnswer().toMillis());
    var files = new Upstream(settings.filesUrl(), NO_TIMEOUT);
    var pages = new Upstream(settings.pagesUrl(), limits.callAnswer().toMillis());
    var token = with.tokenRelay();
    return builder
        .routes()
        .route("site", at -> pages.serves(at.predicate(sites::isSite), site(with)))
        .route("no-site", at -> pages.serves(at.predicate(sites::isInDomain), List.of(noSite())))
        .route("socket", at -> chat.serves(at.path("/api/socket"), socket(with)))
        .route(
            "session",
            at ->
                chat.serves(
                    at.path(SESSION_PATHS),
                    List.of(
                        REMOVE_UPGRADE,
                        with.originCheck(),
                        with.requestBodyLimit(),
                        with.evictOnSignOut(),
                        token.keepingSession())))
        .route(
            // Longer than other bodies. chat-service bounds it while it arrives.
            "picture",
            at ->
                chat.serves(
                    at.method(HttpMethod.PUT).and().path(PICTURE_PATH),
                    List.of(REMOVE_UPGRADE, with.originCheck(), token)))
        .route(
            "chat",
            at ->
                chat.serves(
                    at.path(CHAT_PATHS),
                    List.of(REMOVE_UPGRADE, with.originCheck(), with.requestBodyLimit(), token)))
        .route(
            "files",
            at ->
                files.serves(
                    at.path(FILE_PATHS),
                    List.of(REMOVE_UPGRADE, with.originCheck(), with.requireLength(), token)))
        .route(
            "page",
            at ->
                pages.serves(
                    at.path(NOT_PAGE_PATHS).negate(),
                    List.of(
                        REMOVE_UPGRADE,
                        with.removeCredentials(),
                        with.pageSecurityHeaders(),
                        PRESERVE_HOST)))
        .build();
  }

  private static List<GatewayFilter> site(RouteFilters with) {
    return List.of(REMOVE_UPGRADE, with.removeCredentials(), with.removeSetCookie(), PRESERVE_HOST);
  }

  private static List<GatewayFilter> socket(RouteFilters with) {
    return List.of(
        with.openingHandshake(),
        with.originCheck(),
        with.tokenRelay(),
        with.requireAuthentication());
  }

  /// A service, and how long its answer may take to begin, in milliseconds; -1 for no limit.
  private record Upstream(URI url, long answerMillis) {

    Buildable<Route> serves(BooleanSpec requests, List<GatewayFilter> rules) {
      return requests
          .filters(filters -> filters.filters(rules))
          .metadata(RESPONSE_TIMEOUT_ATTR, answerMillis)
          .uri(url);
    }
  }

  private static GatewayFilter noSite() {
    return (_, _) -> {
      throw new ProblemException(
          ProblemType.SITE_NOT_FOUND, "A site's name is one label below the sites domain.");
    };
  }
}
