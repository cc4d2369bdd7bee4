package io.tercet.chat.socket;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Who is believed about the client of a request.
///
/// @param addresses addresses and ranges such as `10.0.0.0/8` that web-gateway connects from
@ConfigurationProperties("tercet.gateway")
record GatewaySettings(List<String> addresses) {

  GatewaySettings {
    addresses = List.copyOf(addresses);
  }
}
