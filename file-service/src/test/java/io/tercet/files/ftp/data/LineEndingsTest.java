package io.tercet.files.ftp.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LineEndingsTest {

  @Test
  void writesEachLineWithCarriageReturnAndLineFeed() throws IOException {
    assertThat(through(LineEndings.ToNetwork::new, "a\nb\r\nc\n\n"))
        .isEqualTo("a\r\nb\r\nc\r\n\r\n");
  }

  @Test
  void storesEachLineWithLineFeedAlone() throws IOException {
    assertThat(through(LineEndings.FromNetwork::new, "a\r\nb\nc\rd\r\r\ne\r"))
        .isEqualTo("a\nb\nc\rd\r\ne\r");
  }

  private static String through(Function<OutputStream, FilterOutputStream> how, String text)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = how.apply(bytes)) {
      out.write(text.getBytes(US_ASCII));
    }
    return bytes.toString(US_ASCII);
  }
}
