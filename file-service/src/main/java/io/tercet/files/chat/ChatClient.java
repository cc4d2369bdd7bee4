package io.tercet.files.chat;

import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/// Calls chat-service.
///
/// - Threading: safe; calls block for at most the timeouts of [ChatSettings].
/// - Errors: `service-unavailable` if it does not answer or does not accept our token.
public final class ChatClient {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final ChatApi api;

  ChatClient(ChatApi api) {
    this.api = api;
  }

  /// Signs a person in with name and password.
  ///
  /// - Errors: `wrong-password`, `too-many-attempts`.
  public Person signIn(String name, String password, String clientAddress) {
    ChatApi.SignInRequest body = new ChatApi.SignInRequest(name, password, clientAddress);
    ChatApi.PersonBody person = call(() -> api.signIn(body)).person();
    return new Person(person.personId(), person.name(), person.guest());
  }

  /// All rooms that a person is a member of, in the order of joining; chat-service gives them in
  /// pages. A person joins few rooms a minute, which bounds their number.
  public List<JoinedRoom> roomsOf(UUID personId) {
    Map<UUID, JoinedRoom> rooms = new LinkedHashMap<>();
    Optional<String> next = Optional.empty();
    do {
      String cursor = next.orElse(null);
      ChatApi.Rooms page = call(() -> api.rooms(personId, cursor));
      for (ChatApi.Room room : page.rooms()) {
        rooms.put(room.roomId(), new JoinedRoom(room.roomId(), room.name()));
      }
      next = Optional.ofNullable(page.next());
    } while (next.isPresent());
    return List.copyOf(rooms.values());
  }

  /// What a person is in a room; an unknown room has no members.
  public Membership membership(UUID roomId, UUID personId) {
    try {
      ChatApi.MembershipBody answer = call(() -> api.membership(roomId, personId));
      return new Membership(answer.member(), answer.creator());
    } catch (HttpClientErrorException.NotFound _) {
      return Membership.NONE;
    }
  }

  /// How chat-service answered an event.
  public enum Delivery {
    /// The event is in the log of the room, from this attempt or an earlier one.
    WRITTEN,
    /// The room does not exist any more, so the event is dropped.
    ROOM_GONE
  }

  /// Delivers an event. The same event may be delivered again: chat-service writes it once.
  ///
  /// A file that is not announced has an address of its own. A chat-service that does not know it
  /// would announce the file; so it is `service-unavailable` until a newer one is there.
  public Delivery deliver(FileEvent event) {
    FileEvent.Content content = event.content();
    ChatApi.FileBody file =
        new ChatApi.FileBody(
            event.fileId(),
            event.version(),
            event.path(),
            event.name(),
            content.size(),
            content.sha256(),
            content.mediaType(),
            content.width(),
            content.height());
    UUID room = event.roomId();
    if (event.announced()) {
      ChatApi.RoomFile body = new ChatApi.RoomFile(event.eventId(), event.personId(), file);
      return delivered(() -> api.addFile(room, body));
    }
    ChatApi.MessageFile body = new ChatApi.MessageFile(event.personId(), file);
    return delivered(() -> {
      api.confirmFile(room, body);
      return null;
    });
  }

  /// Delivers an event about a site, like one about a file.
  public Delivery deliver(SiteEvent event) {
    ChatApi.SiteBody site = new ChatApi.SiteBody(event.site(), event.url(), event.published());
    ChatApi.RoomSite body = new ChatApi.RoomSite(event.eventId(), event.personId(), site);
    return delivered(() -> api.addSite(event.roomId(), body));
  }

  private static Delivery delivered(Supplier<?> delivery) {
    try {
      call(delivery);
      return Delivery.WRITTEN;
    } catch (HttpClientErrorException.NotFound e) {
      if (e.getResponseBodyAsString().contains(ProblemType.NOT_FOUND.uri() + "\"")) {
        throw refused(e);
      }
      return Delivery.ROOM_GONE;
    }
  }

  // A 401 means a wrong password or a token that is not accepted; the problem type says which.
  private static <T extends @Nullable Object> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (HttpClientErrorException.NotFound e) {
      throw e;
    } catch (HttpClientErrorException e) {
      throw refused(e);
    } catch (RestClientException e) {
      throw ProblemException.causedBy(
          e, ProblemType.SERVICE_UNAVAILABLE, "chat-service does not answer");
    }
  }

  private static ProblemException refused(HttpClientErrorException e) {
    if (e.getStatusCode().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)) {
      return ProblemException.retry(
          ProblemType.TOO_MANY_ATTEMPTS, "Wait a little, then try again.", RETRY_AFTER);
    }
    if (e.getResponseBodyAsString().contains(ProblemType.WRONG_PASSWORD.uri().toString())) {
      return new ProblemException(ProblemType.WRONG_PASSWORD, "Check the name and the password.");
    }
    return ProblemException.causedBy(
        e, ProblemType.SERVICE_UNAVAILABLE, "chat-service refused: " + e.getStatusCode());
  }
}
