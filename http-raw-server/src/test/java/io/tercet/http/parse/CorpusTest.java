package io.tercet.http.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every case of the corpus whole, byte by byte, and split at every position.
class CorpusTest {
  static Stream<Corpus.Case> cases() {
    return Corpus.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsItWhole(Corpus.Case sample) {
    assertThat(
            new Reader(RequestLimits.DEFAULT).read(sample.bytes(), sample.bytes().length).events())
        .isEqualTo(sample.events());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsItByteByByte(Corpus.Case sample) {
    Reader reader = new Reader(RequestLimits.DEFAULT);
    for (int length = 1; length <= sample.bytes().length; length++) {
      reader.read(sample.bytes(), length);
    }
    assertThat(reader.events()).isEqualTo(sample.events());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsItSplitAtEveryPosition(Corpus.Case sample) {
    for (int split = 1; split < sample.bytes().length; split++) {
      Reader reader = new Reader(RequestLimits.DEFAULT);
      reader.read(sample.bytes(), split);
      reader.read(sample.bytes(), sample.bytes().length);
      assertThat(reader.events()).as("split at %d", split).isEqualTo(sample.events());
    }
  }

  /// Reads a stream of which more and more is there.
  static final class Reader {
    private final RequestParser parser;
    private final RequestLimits limits;
    private final List<String> events = new ArrayList<>();
    private int position;
    private int end;
    private BodyDecoder body;
    private boolean last;
    private boolean over;

    Reader(RequestLimits limits) {
      this(new RequestParser(limits), limits);
    }

    /// With a parser that may have read other streams before.
    Reader(RequestParser parser, RequestLimits limits) {
      this.parser = parser;
      this.limits = limits;
    }

    Reader read(byte[] bytes, int length) {
      end = length;
      while (!over && position < length) {
        int before = position;
        if (body == null) {
          head(bytes);
        } else {
          body(bytes);
        }
        if (position == before) {
          break;
        }
      }
      return this;
    }

    List<String> events() {
      List<String> all = new ArrayList<>(events);
      if (!over && (position < end || body != null)) {
        all.add("incomplete");
      }
      return all;
    }

    private void head(byte[] bytes) {
      switch (parser.parse(bytes, position, end)) {
        case ParseResult.Incomplete() -> {}
        case ParseResult.Rejected(var status, var rule, _) -> refuse(status.code(), rule);
        case ParseResult.Complete complete -> {
          position = complete.end();
          Request request = complete.request();
          String query = request.query().isEmpty() ? "" : "?" + request.query();
          events.add(
              "head @%d %s %s%s host=%s %s%s"
                  .formatted(
                      position,
                      request.method(),
                      request.path(),
                      query,
                      request.host(),
                      complete.keepAlive() ? "keep-alive" : "close",
                      words(complete.framing())));
          last = !complete.keepAlive();
          if (complete.framing().equals(Framing.Length.NONE)) {
            over = last;
          } else {
            body = BodyDecoder.of(complete.framing(), limits, limits.bodyBytesMax());
          }
        }
      }
    }

    private void body(byte[] bytes) {
      position = body.read(bytes, position, end, BodyDecoder.Consumer.DISCARD);
      if (body.broken() != null) {
        refuse(body.broken().problem().status().code(), body.broken());
      } else if (body.isComplete()) {
        body = null;
        over = last;
        events.add("body @" + position);
      }
    }

    private static String words(Framing framing) {
      return switch (framing) {
        case Framing.Length(long bytes) -> bytes == 0 ? "" : " length=" + bytes;
        case Framing.Chunked() -> " chunked";
      };
    }

    private void refuse(int status, Rule rule) {
      over = true;
      events.add("refused " + status + " " + rule);
    }
  }
}
