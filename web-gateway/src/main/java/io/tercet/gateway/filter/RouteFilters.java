package io.tercet.gateway.filter;

import io.tercet.gateway.filter.authentication.EvictOnSignOut;
import io.tercet.gateway.filter.authentication.OriginCheck;
import io.tercet.gateway.filter.authentication.RequireAuthentication;
import io.tercet.gateway.filter.authentication.TokenRelay;
import io.tercet.gateway.filter.header.PageSecurityHeaders;
import io.tercet.gateway.filter.header.RemoveCredentials;
import io.tercet.gateway.filter.header.RemoveSetCookie;
import io.tercet.gateway.filter.request.OpeningHandshake;
import io.tercet.gateway.filter.request.RequestBodyLimit;
import io.tercet.gateway.filter.request.RequireLength;
import org.springframework.stereotype.Component;

/// Every filter that a route can name.
@Component
public record RouteFilters(
    EvictOnSignOut evictOnSignOut,
    OpeningHandshake openingHandshake,
    OriginCheck originCheck,
    PageSecurityHeaders pageSecurityHeaders,
    RemoveCredentials removeCredentials,
    RemoveSetCookie removeSetCookie,
    RequestBodyLimit requestBodyLimit,
    RequireAuthentication requireAuthentication,
    RequireLength requireLength,
    TokenRelay tokenRelay) {}
