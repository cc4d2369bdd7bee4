package io.tercet.chat.rest;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.People;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.RateLimiter;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.direct.DirectConversationStore.Opened;
import io.tercet.chat.room.direct.DirectConversations;
import io.tercet.chat.room.direct.DirectPeople;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Opens direct conversations. One in which the person is already costs nothing but the request.
@RestController
class DirectController {

  private final DirectConversations conversations;
  private final Rooms rooms;
  private final People people;
  private final RateLimiter rates;

  DirectController(
      DirectConversations conversations, Rooms rooms, People people, RateLimiter rates) {
    this.conversations = conversations;
    this.rooms = rooms;
    this.people = people;
    this.rates = rates;
  }

  record NewConversation(@Nullable List<@Nullable String> people) {}

  @PostMapping("/api/direct")
  ResponseEntity<RoomBody> open(
      @RequestBody NewConversation conversation, @AuthenticationPrincipal Jwt token) {
    PersonId me = AuthenticatedPerson.of(token).person().personId();
    DirectPeople all = DirectPeople.of(me, others(conversation));
    Optional<RoomId> known = conversations.find(all, me);
    if (known.isPresent()) {
      return answer(HttpStatus.OK, known.get(), me);
    }
    rates.take(Action.DIRECT, me.value());
    Opened opened = conversations.open(all, me);
    return answer(opened.isNew() ? HttpStatus.CREATED : HttpStatus.OK, opened.roomId(), me);
  }

  private ResponseEntity<RoomBody> answer(HttpStatus status, RoomId roomId, PersonId me) {
    return ResponseEntity.status(status).body(RoomBody.of(rooms.get(roomId, me), people));
  }

  private static List<PersonId> others(NewConversation conversation) {
    List<@Nullable String> ids = RequestFields.required(conversation.people(), "people");
    if (ids.size() > DirectPeople.PEOPLE_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "people has 1 to %d people.".formatted(DirectPeople.PEOPLE_MAX - 1));
    }
    return ids.stream()
        .map(id -> RequestFields.personId(RequestFields.required(id, "a person of people")))
        .toList();
  }
}
