package io.tercet.chat.rest;

import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.invitation.Invitation;
import io.tercet.chat.room.invitation.Invitations;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/// The invitations that a person has, and whom they have blocked from sending more.
@RestController
@RequestMapping("/api/invitations")
class InvitationController {

  private final Invitations invitations;
  private final People people;

  InvitationController(Invitations invitations, People people) {
    this.invitations = invitations;
    this.people = people;
  }

  record InvitationsBody(List<InvitationBody> invitations) {}

  record InvitationBody(String roomId, String roomName, PersonBody inviter, String invitedAt) {}

  record BlockedBody(List<PersonBody> people) {}

  @GetMapping
  InvitationsBody list(@AuthenticationPrincipal Jwt token) {
    List<Invitation> open = invitations.to(me(token));
    Map<PersonId, PersonBody> inviters =
        people.findAll(open.stream().map(Invitation::inviterId).distinct().toList()).stream()
            .collect(Collectors.toMap(Person::personId, PersonBody::of));
    return new InvitationsBody(
        open.stream()
            .map(invitation ->
                new InvitationBody(
                    invitation.roomId().toString(),
                    invitation.roomName(),
                    Objects.requireNonNull(inviters.get(invitation.inviterId())),
                    invitation.invitedAt().toString()))
            .toList());
  }

  @GetMapping("/blocked")
  BlockedBody blocked(@AuthenticationPrincipal Jwt token) {
    return new BlockedBody(
        people.findAll(invitations.blockedBy(me(token))).stream().map(PersonBody::of).toList());
  }

  @PutMapping("/blocked/{personId}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void block(@PathVariable String personId, @AuthenticationPrincipal Jwt token) {
    Person inviter =
        people
            .find(RequestFields.personId(personId))
            .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
    invitations.block(me(token), inviter.personId());
  }

  @DeleteMapping("/blocked/{personId}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unblock(@PathVariable String personId, @AuthenticationPrincipal Jwt token) {
    invitations.unblock(me(token), RequestFields.personId(personId));
  }

  private static PersonId me(Jwt token) {
    return AuthenticatedPerson.of(token).person().personId();
  }
}
