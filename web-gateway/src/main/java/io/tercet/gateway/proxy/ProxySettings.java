package io.tercet.gateway.proxy;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What stands before the gateway. `application.yml` explains the key.
///
/// @param trusted addresses and ranges such as `10.0.0.0/8` of the proxies that are believed
@ConfigurationProperties("tercet.proxy")
record ProxySettings(List<String> trusted) {

  ProxySettings {
    trusted = List.copyOf(trusted);
  }
}
