package io.tercet.http.negotiation;

import java.util.Optional;

/// How a representation is coded: as it is, or compressed. Source: RFC 9110 §8.4.1, RFC 8878 §7.2
/// (zstd), RFC 7932 (br).
public enum ContentCoding {
  PLAIN("identity", ""),
  BROTLI("br", ".br"),
  ZSTANDARD("zstd", ".zst"),
  GZIP("gzip", ".gz");

  private final String token;
  private final String suffix;

  ContentCoding(String token, String suffix) {
    this.token = token;
    this.suffix = suffix;
  }

  /// The coding of this name, in any case.
  static Optional<ContentCoding> named(String name) {
    for (ContentCoding coding : values()) {
      if (coding.token.equalsIgnoreCase(name)) {
        return Optional.of(coding);
      }
    }
    return name.equalsIgnoreCase("x-gzip") ? Optional.of(GZIP) : Optional.empty();
  }

  /// Its name in Accept-Encoding and Content-Encoding, in lower case.
  public String token() {
    return token;
  }

  /// What the name of a file with this coding ends in.
  public String suffix() {
    return suffix;
  }
}
