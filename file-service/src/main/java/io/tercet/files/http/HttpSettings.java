package io.tercet.files.http;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// `rangesMax`: how many ranges a request may have; with more, the whole file is sent.
/// `partHeadersMax`: bytes of headers that one part of a form may have.
@ConfigurationProperties("tercet.files.http")
public record HttpSettings(int rangesMax, int partHeadersMax) {
  public HttpSettings {
    if (rangesMax < 1 || partHeadersMax < 128) {
      throw new IllegalArgumentException(
          "needs ranges-max >= 1 and part-headers-max >= 128, not "
              + rangesMax
              + " and "
              + partHeadersMax);
    }
  }
}
