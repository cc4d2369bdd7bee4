package io.tercet.gateway.filter;

import org.springframework.stereotype.Component;

/// Every rule that a route can ask for, by name.
@Component
public record Filters(
    CallBody callBody,
    KeepHost keepHost,
    NoCookiesBack noCookiesBack,
    NoCredentials noCredentials,
    NoUpgrade noUpgrade,
    OwnOrigin ownOrigin,
    PageSecurity pageSecurity,
    PersonToken personToken,
    SignedIn signedIn,
    SignOut signOut) {}
