package io.tercet.files.ftp.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.identity.ClientNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Who may have how many control connections, without a network.
class VisitsTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> endings = new ArrayList<>();
  // 20 in all, 10 of an address, 3 of a person, 4 of an address that have not signed in, 30 s.
  private final Visits visits =
      new Visits(
          new ConnectionSettings(
              20,
              10,
              3,
              4,
              Duration.ofSeconds(30),
              3,
              Duration.ZERO,
              Duration.ofSeconds(300),
              DataSize.ofKilobytes(10),
              DataSize.ofKilobytes(64)));

  @Test
  void letsAnewConnectionTakeThePlaceOfTheOldestThatDidNotSignIn() throws Exception {
    IntStream.rangeClosed(1, 50).forEach(i -> enter("192.0.2.1", "silent " + i));

    assertThat(visits.size()).isEqualTo(4);
    assertThat(endings).hasSize(46).startsWith("silent 1: 421", "silent 2: 421");
    assertThat(visits.signIn(enter("192.0.2.1", "ada"), UUID.randomUUID())).isTrue();
    assertThat(visits.signIn(enter("192.0.2.2", "bob"), UUID.randomUUID())).isTrue();
  }

  @Test
  void keepsThePlacesOfPeopleWhoSignedIn() {
    List<Visit> signedIn = signIn("192.0.2.1", 10);

    assertThat(visits.enter(visit("192.0.2.1", "one too many"))).isFalse();
    assertThat(endings).containsExactly("one too many: 421");
    assertThat(visits.enter(visit("192.0.2.2", "from elsewhere"))).isTrue();
    visits.leave(signedIn.getFirst());
    assertThat(visits.enter(visit("192.0.2.1", "after one left"))).isTrue();
  }

  @Test
  void isFullOnlyWithPeopleWhoSignedIn() {
    signIn("192.0.2.1", 10);
    signIn("192.0.2.2", 7);
    IntStream.rangeClosed(1, 3).forEach(i -> enter("192.0.2.3", "silent " + i));

    enter("192.0.2.4", "newcomer");
    assertThat(endings).containsExactly("silent 1: 421");
    signIn("192.0.2.5", 3);
    assertThat(endings).hasSize(4).doesNotContain("refused: 421");
    assertThat(visits.enter(visit("192.0.2.6", "last"))).isFalse();
  }

  @Test
  void countsAnIpv6NetworkAsOneAddress() {
    IntStream.rangeClosed(1, 5).forEach(i -> enter("2001:db8:0:1::" + i, "silent " + i));
    assertThat(endings).containsExactly("silent 1: 421");

    enter("2001:db8:0:2::1", "another network");
    assertThat(visits.size()).isEqualTo(5);
  }

  @Test
  void letsOnePersonHaveSoManyAndNoMore() {
    UUID ada = UUID.randomUUID();
    List<Visit> adas =
        IntStream.rangeClosed(1, 4).mapToObj(i -> enter("192.0.2." + i, "ada " + i)).toList();
    assertThat(adas.stream().map(visit -> visits.signIn(visit, ada)))
        .containsExactly(true, true, true, false);

    visits.leave(adas.getFirst());
    assertThat(visits.signIn(adas.getLast(), ada)).isTrue();
  }

  @Test
  void endsWhoeverTakesTooLongToSignIn() {
    Visit slow = enter("192.0.2.1", "slow");
    Visit ada = enter("192.0.2.1", "ada");
    visits.signIn(ada, UUID.randomUUID());

    visits.endLateOnes(29 * SECOND);
    assertThat(endings).isEmpty();
    visits.endLateOnes(30 * SECOND);
    assertThat(endings).containsExactly("slow: 421");
    assertThat(visits.signIn(slow, UUID.randomUUID())).isFalse();
  }

  @Test
  void closesWhatDoesNotEndByItself() {
    Visit slow = enter("192.0.2.1", "slow");
    visits.endLateOnes(30 * SECOND);
    visits.endLateOnes(31 * SECOND);
    assertThat(endings).containsExactly("slow: 421", "slow: at once");

    visits.leave(slow);
    visits.endLateOnes(32 * SECOND);
    assertThat(endings).hasSize(2);
  }

  private List<Visit> signIn(String address, int count) {
    List<Visit> entered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Visit visit = enter(address, "refused");
      assertThat(visits.signIn(visit, UUID.randomUUID())).isTrue();
      entered.add(visit);
    }
    return entered;
  }

  private Visit enter(String address, String name) {
    Visit visit = visit(address, name);
    visits.enter(visit);
    return visit;
  }

  private Visit visit(String address, String name) {
    return new Visit(
        ClientNetwork.of(InetAddress.ofLiteral(address)),
        0,
        (reply, atOnce) -> endings.add(name + ": " + (atOnce ? "at once" : reply.substring(0, 3))));
  }
}
