package io.tercet.http.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accept-Encoding, as RFC 9110 §12.5.3 reads it: weights of identity, br, zstd and gzip.
class AcceptedCodingsTest {
  private final AcceptEncodingCache cache = new AcceptEncodingCache();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "gzip, deflate, br, zstd|1 1000 1000 1000",
        "gzip|1 0 0 1000",
        "GZip , BR|1 1000 0 1000",
        "x-gzip|1 0 0 1000",
        "''|1 0 0 0",
        "identity|1000 0 0 0",
        "deflate|1 0 0 0",
        "*|1000 1000 1000 1000",
        "*;q=0|0 0 0 0",
        "gzip, *;q=0|0 0 0 1000",
        "identity;q=1, *;q=0|1000 0 0 0",
        "identity;q=0|0 0 0 0",
        "identity; q=0, gzip|0 0 0 1000",
        "br;q=0.5,gzip;q=0.25, zstd;q=0.001|1 500 1 250",
        "br;q=1.0,gzip;q=1.000;, zstd\t;\tQ=0.|1 1000 0 1000",
        "*;q=0.3, br;q=0|300 0 300 300",
        "br;q=2, gzip;q=x, zstd;q=1.1|1 0 0 0",
        "br;q=0.1234, gzip;q=-1, zstd;level=1|1 0 0 0",
        "br;q=, gzip;, zstd;q|1 0 0 0",
        ",,gzip,,|1 0 0 1000",
        "gzipped, abr, brr|1 0 0 0",
        "gzip;q=0.2, gzip;q=0.7|1 0 0 700"
      })
  void isReadAsWeights(String field, String weights) {
    assertThat(weights("Accept-Encoding", field)).isEqualTo(weights);
  }

  @Test
  void nothingIsCodedThatNobodyAskedFor() {
    assertThat(weights("Accept", "*/*")).isEqualTo("1000 0 0 0");
  }

  @Test
  void whatIsRememberedIsNotTakenForAnotherOfItsLength() {
    assertThat(weights("Accept-Encoding", "gzip")).isEqualTo("1 0 0 1000");
    assertThat(weights("Accept-Encoding", "zstd")).isEqualTo("1 0 1000 0");
    assertThat(weights("Accept-Encoding", "gzip")).isEqualTo("1 0 0 1000");
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(weights("Accept-Encoding", "br;q=0.5", "Accept", "*/*", "accept-encoding", "gzip"))
        .isEqualTo("1 500 0 1000");
  }

  private String weights(String... fields) {
    String[] all = new String[fields.length + 2];
    all[0] = "Host";
    all[1] = "h";
    System.arraycopy(fields, 0, all, 2, fields.length);
    String weights = text(cache.read(Headers.of(all)));
    assertThat(text(cache.read(Headers.of(all)))).as("remembered").isEqualTo(weights);
    return weights;
  }

  private static String text(AcceptedCodings accepted) {
    StringBuilder text = new StringBuilder();
    for (ContentCoding coding : ContentCoding.values()) {
      text.append(' ').append(accepted.weight(coding));
    }
    return text.substring(1);
  }
}
