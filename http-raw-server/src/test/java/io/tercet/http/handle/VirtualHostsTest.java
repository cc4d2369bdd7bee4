package io.tercet.http.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualHostsTest {
  private final VirtualHosts hosts =
      new VirtualHosts(
          "pages.localhost",
          site -> site.equals("ada") ? Optional.of(taking(10)) : Optional.empty(),
          site -> site.equals("soon"),
          taking(20));

  @Test
  void takesTheBodyThatWhoeverAnswersTakes() {
    assertThat(hosts.bodyBytesMax(Request.get("ada.pages.localhost", "/"))).isEqualTo(10);
    assertThat(hosts.bodyBytesMax(Request.get("localhost:8080", "/"))).isEqualTo(20);
    assertThat(hosts.bodyBytesMax(Request.get("bob.pages.localhost", "/"))).isZero();
  }

  @Test
  void answersForTheHostThatIsNamed() {
    assertThat(hosts.handle(Request.get("ADA.pages.localhost:8080", "/")).status())
        .isEqualTo(Status.OK);
    assertThat(hosts.handle(Request.get("bob.pages.localhost", "/")).status())
        .isEqualTo(Status.NOT_FOUND);
  }

  @Test
  void tellsOfASiteThatIsAwaitedWhenToTryAgain() {
    Response answer = hosts.handle(Request.get("SOON.pages.localhost:8080", "/"));
    assertThat(answer.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
    assertThat(answer.fields().first("retry-after")).hasValue("2");
    assertThat(answer.fields().first("cache-control")).hasValue("no-store");
  }

  private static Handler taking(long bytesMax) {
    return new Handler() {
      @Override
      public Response handle(Request request) {
        return Response.empty(Status.OK, Fields.NONE);
      }

      @Override
      public long bodyBytesMax(Request head) {
        return bytesMax;
      }
    };
  }
}
