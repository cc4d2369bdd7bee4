package io.tercet.http.negotiation;

/// How a representation is coded: as it is, or made shorter. Source: RFC 9110 §8.4.1, RFC 8878 §7.2
/// (zstd), RFC 7932 (br).
public enum ContentCoding {
  PLAIN("identity", "", 0),
  BROTLI("br", ".br", 16),
  ZSTANDARD("zstd", ".zst", 32),
  GZIP("gzip", ".gz", 48);

  private final String token;
  private final String ending;
  private final int shift;

  ContentCoding(String token, String ending, int shift) {
    this.token = token;
    this.ending = ending;
    this.shift = shift;
  }

  /// Its name in Accept-Encoding and Content-Encoding, in lower case.
  public String token() {
    return token;
  }

  /// What is added to the name of a file that is coded so.
  public String ending() {
    return ending;
  }

  /// Where its weight begins in the number of [AcceptedCodings], in bits.
  int shift() {
    return shift;
  }
}
