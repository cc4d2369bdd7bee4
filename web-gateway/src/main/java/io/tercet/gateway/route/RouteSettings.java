package io.tercet.gateway.route;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the services are. `application.yml` explains each key.
///
/// @param sitesDomain the domain directly below which the published sites are
/// @param chatUrl chat-service
/// @param filesUrl file-service
/// @param pagesUrl http-raw-server
@ConfigurationProperties("tercet.route")
record RouteSettings(String sitesDomain, URI chatUrl, URI filesUrl, URI pagesUrl) {}
