package io.tercet.system.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.desync.Corpus.Case;
import io.tercet.system.desync.Corpus.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gateway and http-raw-server agree on where each request ends, for every case of the corpus.
///
/// Each case goes to the gateway on one connection, with a marker behind it; then a victim asks on
/// a connection of its own, over the gateway's same connections to the server. A tap between the
/// two readers tells what arrived. Whatever the gateway makes of a case:
///
/// - at the server arrives nothing that the client did not send as a request of its own, and most
///   of all nothing out of a body;
/// - what the gateway writes leaves no reader a choice, and the server finds as many requests in it
///   as the gateway meant;
/// - the victim gets the answer to its own question.
///
/// The gateway reads as strictly as the server, but has other limits. What is past those of the
/// server alone is in [#MENDED], and no list is longer than it must be.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DesynchronisationTest {

  static final String MARKER = "the answer to the marker";
  static final String VICTIM = "the answer to the victim";

  private static final Path ROOT =
      Path.of(System.getProperty("tercet.root", ".")).toAbsolutePath().normalize();
  private static final String MARKER_REQUEST = "GET /marker.txt";

  private static final int PATIENCE_MILLIS = 30_000;

  /// After so long without a word the gateway is taken to wait for the rest of a body.
  private static final int SILENCE_MILLIS = 1_000;

  /// What arrives at the server of a case that a strict reader refuses there.
  private static final Map<String, List<String>> MENDED =
      Map.ofEntries(
          mended("bodies.md: A length past the limit", "POST /"),
          mended("limits.md: One field more than a hundred", "GET /"));

  /// What a strict reader takes and the gateway refuses or answers itself: it knows fewer methods,
  /// hosts and queries, and closes on HTTP/1.0 without Host.
  private static final Set<String> REFUSED_EARLIER =
      Set.of(
          "bodies.md: A length in HTTP/1.0",
          "bodies.md: A blank before another chunk extension",
          "host.md: A port that is empty (RFC 3986 §3.2.3)",
          "host.md: A coded octet",
          "request-line.md: An asterisk is for OPTIONS",
          "request-line.md: An unknown method is still a request",
          "request-line.md: A method in lower case is another method",
          "request-line.md: CONNECT names an authority",
          "request-line.md: CONNECT to an IPv6 address",
          "request-line.md: A query with what browsers leave in it (WHATWG URL §1.3)",
          "request-line.md: An absolute target with a backslash in its query",
          "request-line.md: A percent sign that codes nothing concerns no boundary:"
              + " the handler refuses the path");

  /// What the server may refuse of what the gateway wrote: its own limits, and a request that the
  /// gateway broke off because its client did, or because its chunks broke a rule.
  private static final Set<String> RULES = Set.of("BODY_TOO_LARGE", "TOO_MANY_FIELDS", "CUT_OFF");

  private Readers readers;

  /// Each case and the address that its client had.
  private final Map<Case, String> said = new LinkedHashMap<>();

  static Stream<Case> cases() {
    return Corpus.read(ROOT).stream();
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Assumptions.assumeTrue(
        System.getenv("TERCET_SYSTEM_URL") == null,
        "left out: this needs processes of its own, not the stack that runs already");
    readers = Readers.start(folder);
  }

  /// Again, for what arrived after its client had gone; and no list is longer than it must be.
  @AfterAll
  void nothingArrivedLateEither() throws Exception {
    if (readers != null) {
      try (Readers ending = readers) {
        said.forEach((sample, client) ->
            assertThat(arrived(client))
                .as(sample.name())
                .isSubsetOf(allowed(sample))
                .containsAll(mended(sample)));
        theServerFoundNothingElseToRefuse(ending);
      }
    }
  }

  /// Only of all cases together can be said that the server refused for each rule of the list.
  private void theServerFoundNothingElseToRefuse(Readers ending) {
    boolean all = said.size() == cases().count();
    Awaitility.await()
        .untilAsserted(() -> {
          Map<String, Long> refusals = ending.serverRefusals();
          assertThat(refusals).containsKeys(RULES.toArray(String[]::new));
          refusals.values().removeIf(count -> count == 0);
          assertThat(RULES).containsAll(refusals.keySet());
          assertThat(!all || refusals.keySet().containsAll(RULES)).as("%s", refusals).isTrue();
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingArrivesThatWasNotSentAsARequest(Case sample) throws Exception {
    String client = "127.1.%d.%d".formatted(said.size() / 200, said.size() % 200 + 1);
    said.put(sample, client);
    boolean isServed = sample.end() == End.OPEN && !REFUSED_EARLIER.contains(sample.name());
    String heard = say(sample, client, isServed ? PATIENCE_MILLIS : SILENCE_MILLIS);
    assertThatTheVictimIsServed();

    if (isServed) {
      // In whatever order: the gateway has several connections to the server.
      assertThat(arrived(client)).containsExactlyInAnyOrderElementsOf(allowed(sample));
      assertThat(heard).endsWith(MARKER);
    } else {
      assertThat(arrived(client)).isSubsetOf(allowed(sample)).doesNotHaveDuplicates();
    }
    assertThat(heard.split(MARKER, -1)).hasSizeLessThanOrEqualTo(2);
  }

  /// The marker counts behind a request that was refused as a request and not as a stream: there
  /// both saw its end.
  private static List<String> allowed(Case sample) {
    List<String> allowed = new ArrayList<>(sample.requests());
    allowed.addAll(mended(sample));
    if (sample.end() == End.OPEN || sample.end() == End.REFUSED) {
      allowed.add(MARKER_REQUEST);
    }
    return allowed;
  }

  private static List<String> mended(Case sample) {
    return MENDED.getOrDefault(sample.name(), List.of());
  }

  @Test
  void theListsNameCases() {
    List<String> names = cases().map(Case::name).toList();
    assertThat(names).containsAll(MENDED.keySet()).containsAll(REFUSED_EARLIER);
  }

  private String say(Case sample, String client, int patienceMillis) throws IOException {
    try (Socket socket = connect(client, patienceMillis)) {
      boolean ends = sample.end() == End.INCOMPLETE;
      String marker = ends ? "" : MARKER_REQUEST + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
      socket.getOutputStream().write((sample.stream() + marker).getBytes(ISO_8859_1));
      return hear(socket, MARKER);
    }
  }

  private void assertThatTheVictimIsServed() throws IOException {
    try (Socket socket = connect("127.0.0.1", PATIENCE_MILLIS)) {
      String request = "GET /victim.txt?" + said.size() + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      assertThat(hear(socket, VICTIM)).startsWith("HTTP/1.1 200 ").endsWith(VICTIM);
    }
  }

  private Socket connect(String client, int patienceMillis) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(patienceMillis);
    socket.bind(new InetSocketAddress(client, 0));
    socket.connect(readers.gateway(), PATIENCE_MILLIS);
    return socket;
  }

  /// What is said until these are the last words, or there are no more.
  private static String hear(Socket socket, String lastWords) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        heard.write(buffer, 0, read);
        if (heard.toString(ISO_8859_1).endsWith(lastWords)) {
          break;
        }
      }
    } catch (SocketTimeoutException silent) {
      // The gateway waits for more of a request.
    }
    return heard.toString(ISO_8859_1);
  }

  /// What has arrived at the server of what this client sent: the gateway names it in
  /// X-Forwarded-For, so nobody's late request is taken for another's.
  private List<String> arrived(String client) {
    return readers.tap().wires().stream()
        .flatMap(wire -> UpstreamRequests.on(wire).stream())
        .filter(request -> request.client().equals(client))
        .map(UpstreamRequests.Request::line)
        .toList();
  }

  private static Map.Entry<String, List<String>> mended(String name, String... requests) {
    return Map.entry(name, List.of(requests));
  }
}
