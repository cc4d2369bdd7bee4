package io.tercet.chat.rest;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Rooms and their members.
@RestController
@RequestMapping("/api/rooms")
class RoomController {

  private final Rooms rooms;
  private final People people;

  RoomController(Rooms rooms, People people) {
    this.rooms = rooms;
    this.people = people;
  }

  record RoomsBody(List<RoomBody> rooms) {}

  record MembersBody(List<PersonBody> members) {}

  record NewRoom(@Nullable String name, @Nullable String topic, @Nullable String visibility) {}

  @GetMapping
  RoomsBody list(@AuthenticationPrincipal Jwt token) {
    return new RoomsBody(rooms.list(person(token).personId()).stream().map(RoomBody::of).toList());
  }

  @PostMapping
  @Costs(Action.ROOM)
  @ResponseStatus(HttpStatus.CREATED)
  RoomBody create(@RequestBody NewRoom room, @AuthenticationPrincipal Jwt token) {
    String topic = room.topic() == null ? "" : room.topic();
    return RoomBody.of(
        rooms.create(
            person(token),
            RequestFields.required(room.name(), "name"),
            topic,
            visibility(room.visibility())));
  }

  @GetMapping("/{roomId}")
  RoomBody get(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    return RoomBody.of(rooms.get(RequestFields.roomId(roomId), person(token).personId()));
  }

  @GetMapping("/{roomId}/members")
  MembersBody members(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    var members = rooms.members(RequestFields.roomId(roomId), person(token).personId());
    return new MembersBody(people.findAll(members).stream().map(PersonBody::of).toList());
  }

  @PutMapping("/{roomId}/members/me")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void join(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    rooms.join(RequestFields.roomId(roomId), person(token));
  }

  @PutMapping("/{roomId}/members/{personId}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void add(
      @PathVariable String roomId,
      @PathVariable String personId,
      @AuthenticationPrincipal Jwt token) {
    RoomId room = RequestFields.roomId(roomId);
    rooms.get(room, person(token).personId());
    Person newcomer =
        people
            .find(RequestFields.personId(personId))
            .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
    rooms.add(room, person(token).personId(), newcomer);
  }

  @DeleteMapping("/{roomId}/members/me")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leave(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    rooms.leave(RequestFields.roomId(roomId), person(token));
  }

  private static Person person(Jwt token) {
    return AuthenticatedPerson.of(token).person();
  }

  private static Visibility visibility(@Nullable String text) {
    if (text == null) {
      return Visibility.PUBLIC;
    }
    return switch (text) {
      case "public" -> Visibility.PUBLIC;
      case "private" -> Visibility.PRIVATE;
      default ->
          throw new ProblemException(
              ProblemType.INVALID_REQUEST, "visibility is either public or private.");
    };
  }
}
