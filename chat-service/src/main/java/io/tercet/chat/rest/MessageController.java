package io.tercet.chat.rest;

import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.PostResult;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Reads and writes the log of a room, for programs without a socket.
@RestController
@RequestMapping("/api/rooms/{roomId}/messages")
class MessageController {

  private static final int LIMIT_MAX = 200;

  private final Rooms rooms;
  private final FrameWriter frames;

  MessageController(Rooms rooms, FrameWriter frames) {
    this.rooms = rooms;
    this.frames = frames;
  }

  record NewMessage(@Nullable String clientMessageId, @Nullable String text) {}

  record PostedBody(long seq, String sentAt, String clientMessageId) {}

  @GetMapping
  ResponseEntity<byte[]> read(
      @PathVariable String roomId,
      @RequestParam(required = false) @Nullable Long after,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal Jwt token) {
    if ((after == null) == (before == null) || limit < 1 || limit > LIMIT_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Give either after or before, and a limit of 1 to 200.");
    }
    RoomId room = member(roomId, AuthenticatedPerson.of(token).person());
    // One entry more than the limit shows whether there are more.
    List<Entry> found =
        after != null
            ? rooms.entriesAfter(room, after, limit + 1)
            : rooms.entriesBefore(room, before == null ? 0 : before, limit + 1);
    boolean more = found.size() > limit;
    int surplus = more ? 1 : 0;
    List<Entry> page =
        after != null
            ? found.subList(0, found.size() - surplus)
            : found.subList(surplus, found.size());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(frames.writePage(page, more));
  }

  @PostMapping
  ResponseEntity<PostedBody> post(
      @PathVariable String roomId,
      @RequestBody NewMessage message,
      @AuthenticationPrincipal Jwt token) {
    String clientMessageId = RequestFields.required(message.clientMessageId(), "clientMessageId");
    PostResult posted =
        rooms.await(
            rooms.post(
                RequestFields.roomId(roomId),
                AuthenticatedPerson.of(token).person(),
                clientMessageId,
                RequestFields.required(message.text(), "text")));
    return ResponseEntity.status(posted.repeated() ? 200 : 201)
        .body(new PostedBody(posted.seq(), posted.sentAt().toString(), clientMessageId));
  }

  private RoomId member(String text, Person person) {
    RoomId roomId = RequestFields.roomId(text);
    if (!rooms.isMember(roomId, person.personId())) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    return roomId;
  }
}
