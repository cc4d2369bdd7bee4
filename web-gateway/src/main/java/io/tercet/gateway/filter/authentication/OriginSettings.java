package io.tercet.gateway.filter.authentication;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Pages that may act as a person.
///
/// @param allowed origins that count as our own, besides the one that a request is sent to
@ConfigurationProperties("tercet.origin")
record OriginSettings(Set<String> allowed) {

  OriginSettings {
    allowed = Set.copyOf(allowed);
  }
}
