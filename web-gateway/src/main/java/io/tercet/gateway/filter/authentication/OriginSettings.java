package io.tercet.gateway.filter.authentication;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Whose pages may act in a person's name.
///
/// @param allowed origins that are ours besides the one that a request is sent to
@ConfigurationProperties("tercet.origin")
record OriginSettings(Set<String> allowed) {

  OriginSettings {
    allowed = Set.copyOf(allowed);
  }
}
