package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.message.Fields;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.IpAddressRange;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who is believed about whom, and how many connections a client may have.
class ConnectionLimiterTest {
  private static final List<IpAddressRange> PROXIES = IpAddressRange.list("10.0.0.0/8");
  private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK";

  /// For 192.0.2.1, port 4711.
  private static final byte[] PROXY =
      HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "2111000cc00002017f00000112670050");

  @Nested
  class ConnectionsOfOneClient {
    private final ConnectionLimiter two =
        new ConnectionLimiter(new TrustedProxies(PROXIES, false), 2);

    @Test
    void areLetInUpToTheLimit() {
      Dialogue first = dialogue(two).from("192.0.2.1");
      Dialogue second = dialogue(two).from("192.0.2.1");
      Dialogue third = dialogue(two).from("192.0.2.1");
      assertThat(first.say(GET)).startsWith(OK);
      assertThat(second.say(GET)).startsWith(OK);
      assertThat(third.listen())
          .startsWith("HTTP/1.1 429 Too Many Requests")
          .contains("too-many-connections", "Connection: close");
      assertThat(third.refused).containsExactly(Rule.TOO_MANY_OF_ONE_CLIENT);
      assertThat(dialogue(two).from("192.0.2.2").say(GET)).startsWith(OK);
      first.vanish();
      first.vanish();
      assertThat(dialogue(two).from("192.0.2.1").say(GET)).startsWith(OK);
      assertThat(dialogue(two).from("192.0.2.1").listen()).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void areThoseOfANetworkForIpv6() {
      dialogue(two).from("2001:db8::1");
      dialogue(two).from("2001:db8::2");
      assertThat(dialogue(two).from("2001:db8::3").listen()).startsWith("HTTP/1.1 429 ");
      assertThat(dialogue(two).from("2001:db8:0:1::3").listen()).isEmpty();
    }

    @Test
    void areAnyNumberForATrustedProxy() {
      for (int i = 0; i < 10; i++) {
        assertThat(dialogue(two).from("10.0.0.1").say(GET)).startsWith(OK);
      }
      assertThat(two.clients()).isZero();
    }

    @Test
    void areAnyNumberUnlessThereIsALimit() {
      ConnectionLimiter any = ConnectionLimiter.any();
      for (int i = 0; i < 10; i++) {
        assertThat(dialogue(any).from("192.0.2.1").say(GET)).startsWith(OK);
      }
    }

    @Test
    void areForgottenWhenTheyAreOver() {
      List<Dialogue> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(dialogue(two).from("192.0.2." + i));
        all.add(dialogue(two).from("192.0.2." + i));
        all.add(dialogue(two).from("192.0.2." + i));
      }
      assertThat(two.clients()).isEqualTo(100);
      all.forEach(Dialogue::vanish);
      assertThat(two.clients()).isZero();
    }

    @Test
    void areAllLetInByManyThreadsIfAllFit() throws Exception {
      ConnectionLimiter many = new ConnectionLimiter(TrustedProxies.NONE, 4);
      assertThat(enteredByThreads(many, 4, new AtomicInteger())).isEqualTo(4 * 20_000);
      assertThat(many.clients()).isZero();
    }

    @Test
    void areNeverMoreThanTheLimitByManyThreads() throws Exception {
      ConnectionLimiter many = new ConnectionLimiter(TrustedProxies.NONE, 2);
      AtomicInteger most = new AtomicInteger();
      assertThat(enteredByThreads(many, 6, most)).isPositive();
      assertThat(most.get()).isLessThanOrEqualTo(2);
      assertThat(many.clients()).isZero();
    }

    private static int enteredByThreads(ConnectionLimiter callers, int count, AtomicInteger most)
        throws Exception {
      IpAddress client = IpAddress.ofIpv4(1);
      AtomicInteger inside = new AtomicInteger();
      Callable<Integer> work =
          () -> {
            int entered = 0;
            for (int i = 0; i < 20_000; i++) {
              if (callers.tryAcquire(client)) {
                entered++;
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                callers.release(client);
              }
            }
            return entered;
          };
      int all = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
        for (Future<Integer> each : threads.invokeAll(Collections.nCopies(count, work))) {
          all += each.get();
        }
      }
      return all;
    }
  }

  @Nested
  class ForwardedClients {
    private final ConnectionLimiter one =
        new ConnectionLimiter(new TrustedProxies(PROXIES, false), 1);

    @Test
    void countWhileTheirRequestIsHandled() {
      Dialogue first = dialogue(one).from("10.0.0.1");
      Dialogue second = dialogue(one).from("10.0.0.1");
      assertThat(first.say(get("192.0.2.1"))).startsWith(OK);
      assertThat(second.say(get("192.0.2.1"))).startsWith(OK);
      first.room = 10;
      assertThat(first.say(get("192.0.2.1"))).hasSize(10);
      assertThat(second.say(get("192.0.2.2"))).startsWith(OK);
      assertThat(second.say(get("192.0.2.1"))).startsWith("HTTP/1.1 429 ");
      assertThat(second.refused).containsExactly(Rule.TOO_MANY_OF_ONE_CLIENT);
      first.room = Integer.MAX_VALUE;
      assertThat(first.listen()).isNotEmpty();
      assertThat(dialogue(one).from("10.0.0.1").say(get("192.0.2.1"))).startsWith(OK);
      assertThat(one.clients()).isZero();
    }

    @Test
    void areNotBelievedFromAnybodyElse() {
      Dialogue liar = dialogue(one).from("192.0.2.9");
      assertThat(liar.say(get("192.0.2.1"))).startsWith(OK);
      assertThat(liar.logged.getFirst().client().address()).hasToString("192.0.2.9");
    }

    @Test
    void areWhoTheLogNames() {
      Dialogue proxy = dialogue(one).from("10.0.0.1");
      proxy.say(get("192.0.2.1") + get("198.51.100.7, 192.0.2.2, 10.0.0.2") + GET);
      assertThat(proxy.logged)
          .extracting(entry -> entry.client().address().toString())
          .containsExactly("192.0.2.1", "192.0.2.2", "10.0.0.1");
    }

    @Test
    void areNotNamedForWhatIsRefusedBehindTheirRequest() {
      Dialogue proxy = dialogue(one).from("10.0.0.1");
      proxy.say(get("192.0.2.1") + "GET\r\n");
      assertThat(clients(proxy)).containsExactly("192.0.2.1", "10.0.0.1");
      Dialogue slow = dialogue(one).from("10.0.0.1");
      slow.say(get("192.0.2.1"));
      slow.say("GET /a");
      slow.pass(Duration.ofSeconds(11)).listen();
      assertThat(clients(slow)).containsExactly("192.0.2.1", "10.0.0.1");
    }

    @Test
    void areNamedForWhatIsRefusedThemselves() {
      Dialogue proxy = dialogue(one).from("10.0.0.1");
      String withoutHost = "GET /a HTTP/1.1\r\nX-Forwarded-For: 192.0.2.2\r\n\r\n";
      proxy.say(get("192.0.2.1") + withoutHost);
      assertThat(clients(proxy)).containsExactly("192.0.2.1", "192.0.2.2");
      Dialogue slow = dialogue(one).from("10.0.0.1");
      slow.say(get("192.0.2.3").replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n"));
      slow.pass(Duration.ofSeconds(31)).listen();
      assertThat(clients(slow)).containsExactly("192.0.2.3");
    }

    private static List<String> clients(Dialogue dialogue) {
      return dialogue.logged.stream().map(entry -> entry.client().address().toString()).toList();
    }

    private static String get(String client) {
      return "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: " + client + "\r\n\r\n";
    }
  }

  @Nested
  class ProxiesThatIntroduceTheirClients {
    private final ConnectionLimiter two =
        new ConnectionLimiter(new TrustedProxies(PROXIES, true), 2);

    @Test
    void doSoOnceHoweverItArrives() {
      byte[] request = GET.getBytes(ISO_8859_1);
      byte[] bytes = new byte[PROXY.length + request.length];
      System.arraycopy(PROXY, 0, bytes, 0, PROXY.length);
      System.arraycopy(request, 0, bytes, PROXY.length, request.length);
      for (int split = 0; split < bytes.length; split++) {
        Dialogue proxy = dialogue(two).from("10.0.0.1");
        String heard = proxy.say(bytes, 0, split) + proxy.say(bytes, split, bytes.length);
        assertThat(heard).as("split at %d", split).startsWith(OK);
        assertThat(proxy.say(GET)).startsWith(OK);
        assertThat(proxy.logged.getFirst().client().address()).hasToString("192.0.2.1");
        assertThat(proxy.logged.getFirst().client().port()).isEqualTo(4711);
        proxy.vanish();
      }
      assertThat(two.clients()).isZero();
    }

    @Test
    void beginTheRequestThatTheyCameWith() {
      Dialogue proxy = dialogue(two).from("10.0.0.1").pass(Duration.ofSeconds(3));
      proxy.say(new String(PROXY, ISO_8859_1) + GET);
      assertThat(proxy.logged.getFirst().nanos()).isZero();
    }

    @Test
    void areBelievedAboutOthersOnlyIfTheyNameAProxy() {
      String request = "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n";
      Map<String, String> clients =
          Map.of(
              "2111000cc00002017f00000112670050", "192.0.2.1",
              "2111000c0a0000027f00000112670050", "198.51.100.7",
              "20000000", "10.0.0.1",
              "21000000", "10.0.0.1",
              "2112000cc00002017f00000112670050", "10.0.0.1",
              "21310000", "10.0.0.1");
      clients.forEach((header, client) -> {
        byte[] bytes = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + header);
        Dialogue proxy = dialogue(two).from("10.0.0.1");
        proxy.say(bytes, 0, bytes.length);
        assertThat(proxy.say(request)).startsWith(OK);
        assertThat(proxy.logged.getFirst().client().address()).as(header).hasToString(client);
        proxy.vanish();
      });
    }

    @Test
    void areHungUpOnWithoutAWordIfTheyDoNot() {
      Dialogue proxy = dialogue(two).from("10.0.0.1");
      assertThat(proxy.say(GET)).isEmpty();
      assertThat(proxy.isOver()).isTrue();
      assertThat(proxy.refused).containsExactly(Rule.PROXY_HEADER);
    }

    @Test
    void areHungUpOnIfTheyTakeTooLong() {
      Dialogue proxy = dialogue(two).from("10.0.0.1");
      proxy.say(PROXY, 0, 20);
      assertThat(proxy.pass(Duration.ofSeconds(11)).listen()).isEmpty();
      assertThat(proxy.isOver()).isTrue();
      assertThat(proxy.refused).containsExactly(Rule.HEADER_TIMEOUT);
      Dialogue silent = dialogue(two).from("10.0.0.1");
      assertThat(silent.pass(Duration.ofSeconds(11)).listen()).isEmpty();
      assertThat(silent.isOver()).isTrue();
    }

    @Test
    void mayGoWithoutAWord() {
      Dialogue check = dialogue(two).from("10.0.0.1");
      assertThat(check.end()).isEmpty();
      assertThat(check.isOver()).isTrue();
      assertThat(check.refused).isEmpty();
    }

    @Test
    void areCountedIfTheyGoInTheMiddleOfTheirWord() {
      Dialogue proxy = dialogue(two).from("10.0.0.1");
      proxy.say(PROXY, 0, 20);
      assertThat(proxy.end()).isEmpty();
      assertThat(proxy.refused).containsExactly(Rule.PROXY_HEADER);
    }

    @Test
    void areRefusedForAClientThatHasEnough() {
      for (int i = 0; i < 2; i++) {
        assertThat(dialogue(two).from("10.0.0.1").say(PROXY, 0, PROXY.length)).isEmpty();
      }
      assertThat(dialogue(two).from("10.0.0.2").say(PROXY, 0, PROXY.length))
          .startsWith("HTTP/1.1 429 ");
    }

    @Test
    void areOnlyThoseThatAreTrusted() {
      Dialogue other = dialogue(two).from("192.0.2.5");
      assertThat(other.say(PROXY, 0, PROXY.length)).startsWith("HTTP/1.1 400 ");
      assertThat(dialogue(two).from("192.0.2.5").say(GET)).startsWith(OK);
    }

    @Test
    void areOnlyAskedToIfTheOperatorSaysSo() {
      ConnectionLimiter without = new ConnectionLimiter(new TrustedProxies(PROXIES, false), 0);
      assertThat(dialogue(without).from("10.0.0.1").say(PROXY, 0, PROXY.length))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  private static Dialogue dialogue(ConnectionLimiter callers) {
    return new Dialogue(request -> Response.empty(Status.OK, Fields.NONE), callers);
  }
}
