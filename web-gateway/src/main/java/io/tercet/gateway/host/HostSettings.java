package io.tercet.gateway.host;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The names under which the gateway answers. `application.yml` explains each key.
///
/// @param names host names, and `*.` with a name for all names below it
/// @param sitesDomain the domain of the published sites
/// @param origins other origins that count as our own
@ConfigurationProperties("tercet.host")
record HostSettings(List<String> names, String sitesDomain, List<String> origins) {

  HostSettings {
    names = List.copyOf(names);
    origins = List.copyOf(origins);
  }
}
