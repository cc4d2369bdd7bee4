package io.tercet.chat.rest;

import io.tercet.chat.delivery.MessagePages;
import io.tercet.chat.delivery.PageTurns;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Pins messages, ends their pins, and reads what is pinned.
@RestController
@RequestMapping("/api/rooms/{roomId}")
class PinController {

  /// A message has at most a fifth of this.
  private static final int ANSWER_BYTES_MAX = 256 * 1024;

  private final Rooms rooms;
  private final MessagePages pages;
  private final PageTurns turns;

  PinController(Rooms rooms, MessagePages pages, PageTurns turns) {
    this.rooms = rooms;
    this.pages = pages;
    this.turns = turns;
  }

  @GetMapping("/pins")
  @Costs(Action.HISTORY)
  void list(
      @PathVariable String roomId, @AuthenticationPrincipal Jwt token, HttpServletResponse response)
      throws IOException {
    PersonId reader = person(token).personId();
    byte[] answer = pages.pinned(RequestFields.roomId(roomId), reader, ANSWER_BYTES_MAX);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(answer.length);
    turns.write(reader, answer, response.getOutputStream());
  }

  @PutMapping("/messages/{seq}/pin")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void pin(
      @PathVariable String roomId, @PathVariable String seq, @AuthenticationPrincipal Jwt token) {
    rooms.pin(RequestFields.roomId(roomId), person(token), RequestFields.seq(seq));
  }

  @DeleteMapping("/messages/{seq}/pin")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unpin(
      @PathVariable String roomId, @PathVariable String seq, @AuthenticationPrincipal Jwt token) {
    rooms.unpin(RequestFields.roomId(roomId), person(token), RequestFields.seq(seq));
  }

  private static Person person(Jwt token) {
    return AuthenticatedPerson.of(token).person();
  }
}
