package io.tercet.files.limit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.net.InetAddress;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

  private final Places places =
      new Places(new Shares(5, 2, 3), ProblemType.TOO_MANY_UPLOADS, "uploads");
  private final Person ada = person();

  private static Person person() {
    return new Person(UUID.randomUUID(), "ada", true);
  }

  private void isRefused(Person person, InetAddress address, String problem) {
    assertThatThrownBy(() -> places.take(person, address))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void letsOnePersonHaveAShareOnly() {
    Runnable first = places.take(ada, HERE);
    places.take(ada, HERE);

    isRefused(ada, InetAddress.ofLiteral("192.0.2.2"), "too-many-uploads");
    places.take(person(), HERE);

    first.run();
    places.take(ada, HERE);
  }

  @Test
  void letsOneAddressHaveAShareOnly() {
    for (int i = 0; i < 3; i++) {
      places.take(person(), HERE);
    }

    isRefused(person(), HERE, "too-many-uploads");
    places.take(person(), InetAddress.ofLiteral("192.0.2.2"));
  }

  @Test
  void countsANetworkOfIpv6AsOneAddress() {
    for (int i = 1; i <= 3; i++) {
      places.take(person(), InetAddress.ofLiteral("2001:db8::" + i));
    }

    isRefused(person(), InetAddress.ofLiteral("2001:db8::ffff:1"), "too-many-uploads");
    places.take(person(), InetAddress.ofLiteral("2001:db8:0:1::1"));
  }

  @Test
  void hasSoManyPlacesInAll() {
    for (int i = 1; i <= 5; i++) {
      places.take(person(), InetAddress.ofLiteral("192.0.2." + i));
    }

    isRefused(person(), InetAddress.ofLiteral("192.0.2.9"), "service-unavailable");
  }
}
