package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/// Streams that are almost those of the corpus: cut, doubled, spliced, with words of the protocol
/// in wrong places.
public final class Mutations {
  private static final List<String> WORDS =
      List.of(
          "\r\n",
          "\r",
          "\n",
          "\r\n\r\n",
          " ",
          "\t",
          "\0",
          "\u000b",
          "\u007f",
          "\u00e9",
          ":",
          ";",
          ",",
          "%",
          "/",
          "?",
          "\\",
          "`",
          "#",
          "*",
          "[",
          "]",
          "0",
          "1",
          "5",
          "a",
          "GET ",
          "HEAD ",
          "POST ",
          "POST /d",
          "CONNECT ",
          "OPTIONS ",
          "/",
          "http://b/",
          " HTTP/1.1",
          " HTTP/1.0",
          " HTTP/2.0",
          "Host: a\r\n",
          "Host:",
          "Host: [::1]:80\r\n",
          "Content-Length: 5\r\n",
          "Content-Length:",
          "chunked",
          "identity",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding:",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "Expect: 100-continue\r\n",
          "0\r\n\r\n",
          "5\r\nhello\r\n",
          "18\r\nas much as is just taken\r\n",
          "GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
          "HEAD /l HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /b HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /e HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  private final List<byte[]> seeds;
  private final Random random;

  /// Mutations of these, the same for the same source of chance.
  public Mutations(List<byte[]> seeds, Random random) {
    this.seeds = seeds;
    this.random = random;
  }

  /// The next one.
  public byte[] next() {
    byte[] stream = seed();
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      stream = edited(stream);
    }
    return stream;
  }

  private byte[] edited(byte[] stream) {
    int from = random.nextInt(stream.length + 1);
    int to = Math.min(stream.length, from + random.nextInt(12));
    byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(ISO_8859_1);
    byte[] other = seed();
    int otherFrom = random.nextInt(other.length + 1);
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    edited.write(stream, 0, from);
    switch (random.nextInt(6)) {
      case 0 -> {} // Cut out.
      case 1 -> edited.writeBytes(word);
      case 2 -> {
        edited.writeBytes(word);
        to = from;
      }
      case 3 -> {
        edited.write(stream, from, to - from);
        to = from;
      }
      case 4 -> {
        edited.write(other, otherFrom, other.length - otherFrom);
        to = stream.length;
      }
      default -> edited.write(random.nextInt(256));
    }
    edited.write(stream, to, stream.length - to);
    return edited.toByteArray();
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }
}
