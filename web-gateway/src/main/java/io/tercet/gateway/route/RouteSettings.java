package io.tercet.gateway.route;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the services are. Each key is explained in `application.yml`.
///
/// @param sitesDomain published sites are the names right below this one
/// @param chatUrl chat-service
/// @param filesUrl file-service
/// @param pagesUrl http-raw-server
@ConfigurationProperties("tercet.route")
record RouteSettings(String sitesDomain, URI chatUrl, URI filesUrl, URI pagesUrl) {}
