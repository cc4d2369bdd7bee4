package io.tercet.chat.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import io.tercet.chat.database.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The signing keys of two replicas on one database.
abstract class SigningKeysContract {

  private static final Duration LEAD = Duration.ofHours(1);
  private static final TokenSettings SETTINGS =
      new TokenSettings(Duration.ofMinutes(5), Duration.ofDays(30), LEAD);

  private volatile Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private TestDatabases.Opened opened;
  private SigningKeys one;
  private SigningKeys other;

  abstract TestDatabases.Opened open();

  @BeforeEach
  void openStores() {
    opened = open();
    one = keys();
    other = keys();
  }

  @AfterEach
  void closeStores() {
    opened.close().run();
  }

  @Test
  void areTheSameForReplicasThatMakeTheFirstOneAtOnce() throws Exception {
    List<CompletableFuture<String>> all =
        Stream.generate(this::keys)
            .limit(6)
            .map(keys ->
                CompletableFuture.supplyAsync(
                    () -> keys.signing().getKeyID(), task -> Thread.ofVirtual().start(task)))
            .toList();
    for (CompletableFuture<String> each : all) {
      assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(one.signing().getKeyID());
    }
    assertThat(published(one)).hasSize(1);
  }

  @Test
  void arePublishedBeforeTheySignAndUntilTheirTokensHaveExpired() {
    String first = one.signing().getKeyID();
    move(Duration.ofDays(30).minus(LEAD).minusSeconds(1));
    one.rotate();
    assertThat(published(one)).containsExactly(first);

    move(Duration.ofSeconds(1));
    one.rotate();
    one.rotate();
    other.reread();
    assertThat(published(one)).hasSize(2).startsWith(first);
    String second = published(one).getLast();
    assertThat(published(other)).isEqualTo(published(one));
    move(LEAD.minusSeconds(1));
    assertThat(one.signing().getKeyID()).isEqualTo(first);

    move(Duration.ofSeconds(1));
    assertThat(one.signing().getKeyID()).isEqualTo(second);
    assertThat(other.signing().getKeyID()).isEqualTo(second);
    move(SETTINGS.lifetime().plus(LEAD).minusSeconds(1));
    one.rotate();
    assertThat(published(one)).containsExactly(first, second);

    move(Duration.ofSeconds(1));
    one.rotate();
    other.reread();
    assertThat(published(one)).containsExactly(second);
    assertThat(published(other)).containsExactly(second);
  }

  @Test
  void areAddedOnceByReplicasThatRotateAtOnce() throws Exception {
    one.signing();
    move(Duration.ofDays(40));
    List<CompletableFuture<Void>> all =
        Stream.generate(this::keys)
            .limit(6)
            .map(keys ->
                CompletableFuture.runAsync(keys::rotate, task -> Thread.ofVirtual().start(task)))
            .toList();
    for (CompletableFuture<Void> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
    one.reread();
    assertThat(published(one)).hasSize(2);
  }

  @Test
  void areKnownToAReplicaWhenTheFirstTokenComesThatTheySigned() {
    other.signing();
    move(Duration.ofDays(30));
    one.rotate();
    move(LEAD);
    String second = one.signing().getKeyID();
    assertThat(published(other)).doesNotContain(second);
    assertThat(other.matching(ofId(second))).extracting(JWK::getKeyID).containsExactly(second);
    assertThat(other.matching(ofId("nobody's"))).isEmpty();
  }

  @Test
  void goOnFromKeysThatAnEarlierVersionMade() {
    String first = one.signing().getKeyID();
    opened
        .database()
        .write(
            client -> client.sql("UPDATE signing_key SET place = NULL, signs_at = NULL").update());
    one.reread();
    assertThat(one.signing().getKeyID()).isEqualTo(first);
    move(Duration.ofDays(30));
    one.rotate();
    move(LEAD);
    assertThat(one.signing().getKeyID()).isNotEqualTo(first);
  }

  private SigningKeys keys() {
    return new SigningKeys(new SigningKeyStore(opened.database()), SETTINGS, () -> now);
  }

  private void move(Duration ahead) {
    now = now.plus(ahead);
  }

  private static JWKSelector ofId(String keyId) {
    return new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build());
  }

  @SuppressWarnings("unchecked") // As JWKSet writes it.
  private static List<String> published(SigningKeys keys) {
    return ((List<Map<String, Object>>) keys.publicKeys().get("keys"))
        .stream().map(key -> (String) key.get("kid")).toList();
  }
}
