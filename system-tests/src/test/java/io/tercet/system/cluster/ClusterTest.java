package io.tercet.system.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Person;
import io.tercet.system.kills.Milestones;
import io.tercet.system.kills.Talker;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two chat-services and two web-gateways behind HAProxy.
@DrivesTheStack
@Tag("cluster")
class ClusterTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Chance puts all of so many sockets into one of two replicas once in a million runs.
  private static final int SOCKETS_MAX = 20;

  /// As config/haproxy.cfg has it.
  private static final int ADDRESS_CONNECTIONS_MAX = 2_000;

  private static final int TOO_MANY = 50;

  private final Stack stack;
  private final List<Replica> chats = Replica.of("chat-service");
  private final List<Replica> gateways = Replica.of("web-gateway");

  ClusterTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void peopleAtDifferentReplicasHearEachOther() {
    assertThat(chats).hasSize(2);
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("bridge");
    grace.joins(room);
    Replica first = chats.getFirst();
    List<ChatClient> opened = new ArrayList<>();
    try {
      int atFirst = first.sockets();
      opened.add(ChatClient.browser(ada));
      boolean adaIsAtFirst = first.sockets() > atFirst;
      ChatClient grace2 = atTheOther(grace, first, adaIsAtFirst, opened);
      ChatClient ada1 = opened.getFirst();
      ada1.subscribe(room, 0);
      grace2.subscribe(room, 0);

      for (int each = 0; each < 100; each++) {
        long seq = ada1.post(room, "a" + each, "ping " + each).path("seq").asLong();
        assertThat(grace2.awaitText(room, "ping " + each).path("seq").asLong()).isEqualTo(seq);
        grace2.post(room, "g" + each, "pong " + each);
        ada1.awaitText(room, "pong " + each);
      }

      assertThat(ada1.entries(room)).isEqualTo(grace2.entries(room));
    } finally {
      opened.forEach(ChatClient::close);
    }
  }

  /// To the gateways all clients come from HAProxy, so HAProxy counts the connections of each
  /// address. Which of those that come at once it refuses is chance.
  @Test
  void oneAddressHasAShareOfTheConnections() throws Exception {
    InetSocketAddress door =
        new InetSocketAddress(stack.origin().getHost(), stack.origin().getPort());
    List<SocketChannel> opened = new ArrayList<>();
    try {
      for (int each = 0; each < ADDRESS_CONNECTIONS_MAX + TOO_MANY; each++) {
        SocketChannel channel = SocketChannel.open(door);
        channel.configureBlocking(false);
        opened.add(channel);
      }

      Set<SocketChannel> refused = new HashSet<>();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            opened.stream().filter(ClusterTest::isClosed).forEach(refused::add);
            return refused.size() >= TOO_MANY;
          });
      SocketChannel within =
          opened.stream().filter(each -> !refused.contains(each)).findFirst().orElseThrow();
      within.configureBlocking(true);
      within.write(UTF_8.encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertThat(new String(within.socket().getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 200");
    } finally {
      for (SocketChannel channel : opened) {
        channel.close();
      }
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> Person.guest(stack, "ada").createsRoom("in-again") != null);
  }

  private static boolean isClosed(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /// Each request goes to one of the replicas, whichever has its turn.
  @Test
  void anEditAndADeletionAreTheSameAtEveryReplica() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("second-thoughts");
    grace.joins(room);
    String messages = "/api/rooms/" + room + "/messages/";
    try (var hears = ChatClient.browser(grace);
        var says = ChatClient.browser(ada)) {
      hears.subscribe(room, 0);
      for (int each = 0; each < 10; each++) {
        long seq = says.post(room, "c" + each, "first " + each).path("seq").asLong();
        String text = "second " + each;
        ada.browser().patch(messages + seq, Map.of("text", text)).expect(200);
        hears.await(text, frame -> frame.path("edited").path("text").asString("").equals(text));
        assertThat(grace.browser().get(messages + seq).expect(200).json().path("text").asString())
            .isEqualTo(text);
        ada.browser().delete(messages + seq).expect(204);
        hears.await("deleted", frame -> frame.path("deleted").path("targetSeq").asLong(0) == seq);
        assertThat(ada.browser().patch(messages + seq, Map.of("text", "third")).outcome())
            .isEqualTo("410 message-deleted");
      }
    }
    assertThat(ada.readsLog(room)).isEqualTo(grace.readsLog(room));
  }

  /// Opens sockets until one is at the replica where ada is not.
  private static ChatClient atTheOther(
      Person person, Replica first, boolean takenIsFirst, List<ChatClient> opened) {
    for (int attempt = 0; attempt < SOCKETS_MAX; attempt++) {
      int before = first.sockets();
      ChatClient socket = ChatClient.browser(person);
      opened.add(socket);
      if (first.sockets() > before != takenIsFirst) {
        return socket;
      }
    }
    throw new AssertionError(SOCKETS_MAX + " sockets are all at one replica");
  }

  /// Each chat-service and each gateway ends once, stopped as an update does it or killed. Two
  /// people go on talking, and a third hears everything.
  @Test
  void nothingIsLostWhileReplicasComeAndGo() throws Exception {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Person hears = Person.guest(stack, "hears");
    String room = ada.createsRoom("update");
    grace.joins(room);
    hears.joins(room);
    Milestones acknowledgements = new Milestones();
    Talker adas = new Talker(ada, room, acknowledgements);
    Talker graces = new Talker(grace, room, acknowledgements);
    Listener listener = new Listener(hears, room);
    AtomicBoolean done = new AtomicBoolean();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var adaSays = say(adas, done, threads);
      var graceSays = say(graces, done, threads);
      var heard = CompletableFuture.supplyAsync(() -> listener.hearUntil("the end"), threads);
      try {
        during(
            acknowledgements,
            () -> chats.getFirst().stop(),
            () -> gateways.getFirst().kill(),
            List.of(chats.getFirst(), gateways.getFirst()));
        during(
            acknowledgements,
            () -> chats.getLast().kill(),
            () -> gateways.getLast().stop(),
            List.of(chats.getLast(), gateways.getLast()));
      } finally {
        done.set(true);
      }
      Map<String, Long> adaSaid = adaSays.join();
      Map<String, Long> graceSaid = graceSays.join();
      try (ChatClient last = ChatClient.browser(ada)) {
        last.post(room, "end", "the end");
      }

      List<JsonNode> entries = heard.join();
      assertThat(entries.stream().map(entry -> entry.path("seq").asLong()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, entries.size()).boxed().toList());
      assertThat(said(ada, entries)).containsExactlyInAnyOrderEntriesOf(adaSaid);
      assertThat(said(grace, entries)).containsExactlyInAnyOrderEntriesOf(graceSaid);
      assertThat(hears.readsLog(room)).hasSameSizeAs(entries);
    }
    assertThat(adas.reconnects() + graces.reconnects() + listener.reconnects()).isPositive();
    System.out.printf(
        "ClusterTest: longest time without an acknowledgement %d ms and %d ms; without a"
            + " subscription %d ms%n",
        adas.longestPause().toMillis(),
        graces.longestPause().toMillis(),
        listener.longestAway().toMillis());
  }

  private static CompletableFuture<Map<String, Long>> say(
      Talker talker, AtomicBoolean done, ExecutorService threads) {
    return CompletableFuture.supplyAsync(() -> talker.sayUntil(done::get), threads);
  }

  /// Ends two replicas, each between messages that are acknowledged, and starts them again.
  private static void during(
      Milestones acknowledgements, Runnable first, Runnable second, List<Replica> ended)
      throws InterruptedException {
    acknowledgements.awaitMore(50);
    first.run();
    acknowledgements.awaitMore(50);
    second.run();
    acknowledgements.awaitMore(50);
    ended.forEach(Replica::start);
    for (Replica replica : ended) {
      Awaitility.await(replica.container())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(replica::isHealthy);
    }
  }

  private static Map<String, Long> said(Person person, List<JsonNode> entries) {
    Map<String, Long> said = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      boolean own =
          entry.path("personId").asString().equals(person.personId())
              && entry.path("clientMessageId").asString("").startsWith("m");
      if (own) {
        String id = entry.path("clientMessageId").asString();
        assertThat(said.put(id, entry.path("seq").asLong())).as("%s, twice", id).isNull();
      }
    }
    return said;
  }
}
