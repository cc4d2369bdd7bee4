package io.tercet.chat.rest;

import io.tercet.chat.delivery.MessagePages;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Puts emoji to messages, takes them back, and says who did so.
@RestController
@RequestMapping("/api/rooms/{roomId}/messages/{seq}/reactions")
class ReactionController {

  private final Rooms rooms;
  private final MessagePages pages;
  private final People people;

  ReactionController(Rooms rooms, MessagePages pages, People people) {
    this.rooms = rooms;
    this.pages = pages;
    this.people = people;
  }

  record ReactionsBody(List<ReactionBody> reactions) {}

  record ReactionBody(String emoji, int count, boolean mine, List<PersonBody> people) {}

  @GetMapping
  @Costs(Action.HISTORY)
  ReactionsBody list(
      @PathVariable String roomId, @PathVariable String seq, @AuthenticationPrincipal Jwt token) {
    RoomId room = RequestFields.roomId(roomId);
    PersonId reader = person(token).personId();
    CurrentEntry message = pages.message(room, reader, RequestFields.seq(seq));
    Map<String, List<PersonId>> reactedBy = pages.reactedBy(room, reader, message);
    Set<PersonId> ids =
        reactedBy.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    Map<PersonId, Person> known =
        people.findAll(ids).stream()
            .collect(Collectors.toMap(Person::personId, Function.identity()));
    return new ReactionsBody(
        message.reactions().stream()
            .map(each ->
                new ReactionBody(
                    each.emoji(),
                    each.count(),
                    each.mine(),
                    reactedBy.getOrDefault(each.emoji(), List.of()).stream()
                        .map(id -> PersonBody.of(Objects.requireNonNull(known.get(id))))
                        .toList()))
            .toList());
  }

  @PutMapping("/{emoji}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void react(
      @PathVariable String roomId,
      @PathVariable String seq,
      @PathVariable String emoji,
      @AuthenticationPrincipal Jwt token) {
    rooms.react(RequestFields.roomId(roomId), person(token), RequestFields.seq(seq), emoji);
  }

  @DeleteMapping("/{emoji}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unreact(
      @PathVariable String roomId,
      @PathVariable String seq,
      @PathVariable String emoji,
      @AuthenticationPrincipal Jwt token) {
    rooms.unreact(RequestFields.roomId(roomId), person(token), RequestFields.seq(seq), emoji);
  }

  private static Person person(Jwt token) {
    return AuthenticatedPerson.of(token).person();
  }
}
