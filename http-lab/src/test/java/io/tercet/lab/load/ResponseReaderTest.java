package io.tercet.lab.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final byte[] RESPONSE =
      "HTTP/1.1 503 Busy\r\nDate: x\r\nCONNECTION: Close\r\nContent-Length: 5\r\n\r\nhello"
          .getBytes(US_ASCII);

  @Test
  void findsTheEndWhereverTheResponseIsSplit() {
    for (int split = 0; split <= RESPONSE.length; split++) {
      ResponseReader reader = new ResponseReader();
      assertThat(reader.take(RESPONSE, 0, split)).isEqualTo(split);
      assertThat(reader.isComplete()).isEqualTo(split == RESPONSE.length);
      assertThat(reader.take(RESPONSE, split, RESPONSE.length)).isEqualTo(RESPONSE.length);
      assertThat(reader.isComplete()).as("split at %d", split).isTrue();
      assertThat(reader.status()).isEqualTo(503);
      assertThat(reader.closes()).isTrue();
    }
  }

  @Test
  void stopsBehindTheResponseAndStartsAnew() {
    byte[] two =
        "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            .getBytes(US_ASCII);
    ResponseReader reader = new ResponseReader();
    int end = reader.take(two, 0, two.length);
    assertThat(end).isEqualTo(27);
    assertThat(reader.status()).isEqualTo(204);
    reader.reset();
    assertThat(reader.isComplete()).isFalse();
    assertThat(reader.take(two, end, two.length)).isEqualTo(two.length);
    assertThat(reader.isComplete()).isTrue();
    assertThat(reader.closes()).isFalse();
  }

  @Test
  void givesUpOnAHeadWithoutAnEnd() {
    byte[] endless = new byte[ResponseReader.HEAD_BYTES_MAX + 1];
    ResponseReader reader = new ResponseReader();
    reader.take(endless, 0, endless.length);
    assertThatThrownBy(() -> reader.take(endless, 0, endless.length))
        .isInstanceOf(IllegalStateException.class);
  }
}
