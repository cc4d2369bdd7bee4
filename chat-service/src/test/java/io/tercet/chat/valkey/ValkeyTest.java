package io.tercet.chat.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.tercet.chat.database.StartupException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

@Tag("docker")
class ValkeyTest {

  private static ValkeyServer server;
  private final Queue<Valkey> opened = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() {
    server = ValkeyServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    server.relay().resume();
    opened.forEach(Valkey::stop);
  }

  @Test
  void reachesOneServer() throws Exception {
    assertWorks(open(server.connect()));
  }

  @Test
  void findsOutThatItIsACluster() throws Exception {
    try (ValkeyServer cluster = ValkeyServer.startCluster()) {
      Valkey valkey = cluster.connect();
      try {
        assertWorks(valkey);
      } finally {
        valkey.stop();
      }
    }
  }

  @Test
  void startsWhileItIsAwayAndConnectsLater() {
    server.relay().cut();
    Valkey valkey = open(server.connectImpatiently());
    CountDownLatch back = new CountDownLatch(1);
    valkey.whenConnected(back::countDown);

    assertThat(valkey.isConnected()).isFalse();
    assertThat(new ValkeyHealthIndicator(valkey).health().getStatus())
        .isEqualTo(new Status("DEGRADED"));
    assertFailsAtOnce(valkey);
    assertThatThrownBy(valkey::subscriber).hasMessageContaining("Valkey is away");

    server.relay().resume();
    ValkeyServer.checkUntil(valkey, true);

    assertThat(back.getCount()).isZero();
    assertThat(valkey.commands().ping().toCompletableFuture().join()).isEqualTo("PONG");
    assertThat(new ValkeyHealthIndicator(valkey).health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void failsAtOnceAfterItBrokeAndWorksAgain() {
    Valkey valkey = open(server.connectImpatiently());
    assertThat(valkey.isConnected()).isTrue();

    server.relay().cut();
    ValkeyServer.checkUntil(valkey, false);
    assertFailsAtOnce(valkey);

    server.relay().resume();
    ValkeyServer.checkUntil(valkey, true);
    assertThat(valkey.commands().ping().toCompletableFuture().join()).isEqualTo("PONG");
  }

  @Test
  void takesANewConnectionAfterOneThatNeverAnswers() {
    Valkey valkey = open(server.connectImpatiently());

    server.relay().freeze();
    ValkeyServer.checkUntil(valkey, false);
    assertFailsAtOnce(valkey);
    ValkeyServer.check(valkey);

    server.relay().resume();
    ValkeyServer.checkUntil(valkey, true);
    assertThat(valkey.commands().ping().toCompletableFuture().join()).isEqualTo("PONG");
  }

  @Test
  void isRefusedInALineWithAWrongPassword() {
    server.run("ACL", "SETUSER", "ada", "on", ">right-word", "~tercet:*", "&tercet:*", "+@all");

    assertRefused(server.url("ada", "hidden"))
        .hasMessageContaining("refuses the user or the password");
  }

  @Test
  void isRefusedInALineWithoutTheRightToSubscribe() {
    server.run("ACL", "SETUSER", "eve", "on", ">hidden", "~tercet:*", "resetchannels", "+@all");

    assertRefused(server.url("eve", "hidden"))
        .hasMessageContaining("&tercet:*")
        .hasMessageContaining("NOPERM");
  }

  @Test
  void isEnoughForItToHaveTheRightsThatTheLineNames() throws Exception {
    server.run(
        "ACL",
        "SETUSER",
        "bob",
        "on",
        ">hidden",
        "~tercet:*",
        "&tercet:*",
        "+@all",
        "-@admin",
        "-@dangerous",
        "+info");

    assertWorks(open(ValkeyServer.connect(server.url("bob", "hidden"))));
  }

  @Test
  void isRefusedInALineWithoutTheRightToWrite() {
    server.run("ACL", "SETUSER", "tim", "on", ">hidden", "resetkeys", "&tercet:*", "+@all");

    assertRefused(server.url("tim", "hidden")).hasMessageContaining("~tercet:*");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String url) {
    return assertThatThrownBy(() -> ValkeyServer.connect(url))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("TERCET_VALKEY_URL")
        .hasMessageNotContaining("hidden")
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"));
  }

  private static void assertFailsAtOnce(Valkey valkey) {
    assertThat(valkey.commands().ping().toCompletableFuture()).isCompletedExceptionally();
  }

  /// Keys of every kind of slot, and messages over sharded channels.
  private static void assertWorks(Valkey valkey) throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    ValkeyServer.checkUntil(valkey, true);
    StatefulRedisPubSubConnection<String, String> subscriber = valkey.subscriber();
    subscriber.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void smessage(String channel, String message) {
            heard.add(channel + " " + message);
          }
        });
    for (int i = 0; i < 16; i++) {
      String name = "tercet:test:{" + i + "}";
      subscriber.async().ssubscribe(name).get(10, TimeUnit.SECONDS);
      valkey.commands().psetex(name, 60_000, "value " + i).get(10, TimeUnit.SECONDS);
    }
    for (int i = 0; i < 16; i++) {
      String name = "tercet:test:{" + i + "}";
      valkey.commands().spublish(name, "message " + i).get(10, TimeUnit.SECONDS);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(name + " message " + i);
      assertThat(valkey.commands().get(name).get(10, TimeUnit.SECONDS)).isEqualTo("value " + i);
    }
    subscriber.close();
  }

  private Valkey open(Valkey valkey) {
    opened.add(valkey);
    return valkey;
  }
}
