package io.tercet.chat.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.people.card.Cards;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.rest.card.CardBody;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomLists;
import io.tercet.chat.room.RoomPage;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.invitation.Invitation;
import io.tercet.chat.room.invitation.Invitations;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Rooms, their members, and the invitations that members send.
@RestController
@RequestMapping("/api/rooms")
class RoomController {

  private final Rooms rooms;
  private final RoomLists lists;
  private final Invitations invitations;
  private final People people;
  private final Cards cards;

  RoomController(
      Rooms rooms, RoomLists lists, Invitations invitations, People people, Cards cards) {
    this.rooms = rooms;
    this.lists = lists;
    this.invitations = invitations;
    this.people = people;
    this.cards = cards;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RoomsBody(List<RoomBody> rooms, @Nullable String next) {}

  record MembersBody(List<CardBody> members) {}

  record InvitedBody(List<PersonBody> invited) {}

  record NewRoom(@Nullable String name, @Nullable String topic, @Nullable String visibility) {}

  @GetMapping
  RoomsBody list(
      @RequestParam(defaultValue = "mine") String scope,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      @AuthenticationPrincipal Jwt token) {
    PersonId viewer = person(token).personId();
    RoomPage page =
        switch (scope) {
          case "mine" -> lists.own(viewer, q, cursor, limit);
          case "public" -> lists.ofPublic(viewer, q, cursor, limit);
          default ->
              throw new ProblemException(
                  ProblemType.INVALID_REQUEST, "scope is either mine or public.");
        };
    return new RoomsBody(RoomBody.of(page.rooms(), people), page.next());
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
            visibility(room.visibility())),
        people);
  }

  @GetMapping("/{roomId}")
  RoomBody get(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    return RoomBody.of(rooms.get(RequestFields.roomId(roomId), person(token).personId()), people);
  }

  @GetMapping("/{roomId}/members")
  MembersBody members(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    PersonId viewer = person(token).personId();
    Room room = rooms.get(RequestFields.roomId(roomId), viewer);
    List<PersonId> members = rooms.members(room.roomId(), viewer);
    return new MembersBody(
        room.member()
            ? cards.findAll(members).stream().map(CardBody::of).toList()
            : people.findAll(members).stream().map(Card::new).map(CardBody::of).toList());
  }

  @PutMapping("/{roomId}/members/me")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void join(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    rooms.join(RequestFields.roomId(roomId), person(token));
  }

  /// 202 says that the invitation is open, 204 that the person is a member already.
  @PutMapping("/{roomId}/members/{personId}")
  @Costs(Action.POST)
  ResponseEntity<Void> invite(
      @PathVariable String roomId,
      @PathVariable String personId,
      @AuthenticationPrincipal Jwt token) {
    RoomId room = RequestFields.roomId(roomId);
    Person inviter = person(token);
    rooms.get(room, inviter.personId());
    Person invited =
        people
            .find(RequestFields.personId(personId))
            .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
    boolean open = invitations.invite(room, inviter.personId(), invited.personId());
    return ResponseEntity.status(open ? HttpStatus.ACCEPTED : HttpStatus.NO_CONTENT).build();
  }

  @GetMapping("/{roomId}/invitations")
  InvitedBody invited(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    List<PersonId> invited =
        invitations.from(person(token).personId(), RequestFields.roomId(roomId)).stream()
            .map(Invitation::personId)
            .toList();
    return new InvitedBody(people.findAll(invited).stream().map(PersonBody::of).toList());
  }

  @DeleteMapping("/{roomId}/members/{personId}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdraw(
      @PathVariable String roomId,
      @PathVariable String personId,
      @AuthenticationPrincipal Jwt token) {
    invitations.withdraw(
        RequestFields.roomId(roomId), person(token).personId(), RequestFields.personId(personId));
  }

  @DeleteMapping("/{roomId}/members/me")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leaveOrDecline(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    RoomId room = RequestFields.roomId(roomId);
    Person person = person(token);
    if (!invitations.decline(room, person.personId())) {
      rooms.leave(room, person);
    }
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
