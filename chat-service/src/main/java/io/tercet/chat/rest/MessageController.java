package io.tercet.chat.rest;

import io.tercet.chat.delivery.MessagePages;
import io.tercet.chat.delivery.MessagePages.Places;
import io.tercet.chat.delivery.PageTurns;
import io.tercet.chat.frame.FileIds;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.PostResult;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Sends, edits and deletes messages, and reads them as they are now.
@RestController
@RequestMapping("/api/rooms/{roomId}/messages")
class MessageController {

  private static final int LIMIT_MAX = 200;

  /// An entry has at most a fifth of this.
  private static final int PAGE_BYTES_MAX = 256 * 1024;

  private final Rooms rooms;
  private final MessagePages pages;
  private final FrameWriter frames;
  private final LogEpoch logEpoch;
  private final PageTurns turns;

  MessageController(
      Rooms rooms, MessagePages pages, FrameWriter frames, LogEpoch logEpoch, PageTurns turns) {
    this.rooms = rooms;
    this.pages = pages;
    this.frames = frames;
    this.logEpoch = logEpoch;
    this.turns = turns;
  }

  record NewMessage(
      @Nullable String clientMessageId,
      @Nullable String text,
      @Nullable JsonNode replyTo,
      @Nullable JsonNode files) {}

  record PostedBody(long seq, String sentAt, String clientMessageId) {}

  record NewText(@Nullable String text) {}

  @GetMapping
  @Costs(Action.HISTORY)
  void read(
      @PathVariable String roomId,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(required = false) @Nullable Long after,
      @RequestParam(required = false) @Nullable Long around,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal Jwt token,
      HttpServletResponse response)
      throws IOException {
    LongFunction<Places> places = places(before, after, around, limit);
    PersonId reader = person(token).personId();
    byte[] page =
        pages
            .read(
                RequestFields.roomId(roomId),
                reader,
                places,
                PAGE_BYTES_MAX,
                read -> frames.writePage(read, logEpoch.value()))
            .array();
    write(reader, page, response);
  }

  @GetMapping("/{seq}")
  @Costs(Action.HISTORY)
  ResponseEntity<byte[]> get(
      @PathVariable String roomId, @PathVariable String seq, @AuthenticationPrincipal Jwt token) {
    return answer(
        pages.message(
            RequestFields.roomId(roomId), person(token).personId(), RequestFields.seq(seq)));
  }

  @GetMapping("/{seq}/replies")
  @Costs(Action.HISTORY)
  void readReplies(
      @PathVariable String roomId,
      @PathVariable String seq,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal Jwt token,
      HttpServletResponse response)
      throws IOException {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "Give a limit of 1 to 200.");
    }
    PersonId reader = person(token).personId();
    byte[] page =
        pages.readReplies(
            RequestFields.roomId(roomId),
            reader,
            RequestFields.seq(seq),
            after,
            limit,
            PAGE_BYTES_MAX);
    write(reader, page, response);
  }

  private void write(PersonId reader, byte[] page, HttpServletResponse response)
      throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(page.length);
    turns.write(reader, page, response.getOutputStream());
  }

  @PostMapping
  @Costs(Action.POST)
  ResponseEntity<PostedBody> post(
      @PathVariable String roomId,
      @RequestBody NewMessage message,
      @AuthenticationPrincipal Jwt token) {
    String clientMessageId = RequestFields.required(message.clientMessageId(), "clientMessageId");
    PostResult posted =
        rooms.postAndWait(
            RequestFields.roomId(roomId),
            person(token),
            clientMessageId,
            RequestFields.required(message.text(), "text"),
            RequestFields.place(message.replyTo(), "replyTo"),
            FileIds.read(message.files(), ProblemType.INVALID_REQUEST));
    return ResponseEntity.status(posted.repeated() ? 200 : 201)
        .body(new PostedBody(posted.seq(), posted.sentAt().toString(), clientMessageId));
  }

  @PatchMapping("/{seq}")
  @Costs(Action.POST)
  ResponseEntity<byte[]> edit(
      @PathVariable String roomId,
      @PathVariable String seq,
      @RequestHeader HttpHeaders headers,
      @RequestBody NewText message,
      @AuthenticationPrincipal Jwt token) {
    return answer(
        rooms.edit(
            RequestFields.roomId(roomId),
            person(token),
            RequestFields.seq(seq),
            RequestFields.required(message.text(), "text"),
            RequestFields.version(headers.getOrEmpty(HttpHeaders.IF_MATCH))));
  }

  @DeleteMapping("/{seq}")
  @Costs(Action.POST)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String roomId, @PathVariable String seq, @AuthenticationPrincipal Jwt token) {
    rooms.delete(RequestFields.roomId(roomId), person(token), RequestFields.seq(seq));
  }

  private static LongFunction<Places> places(
      @Nullable Long before, @Nullable Long after, @Nullable Long around, int limit) {
    boolean one = Stream.of(before, after, around).filter(Objects::nonNull).count() == 1;
    if (one && limit >= 1 && limit <= LIMIT_MAX) {
      if (before != null) {
        return last -> Places.before(before, limit, last);
      }
      if (after != null) {
        return last -> Places.after(after, limit, last);
      }
      if (around != null) {
        return last -> Places.around(around, limit, last);
      }
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST,
        "Give one of before, after and around, and a limit of 1 to 200.");
  }

  /// A message that is deleted keeps its version, so its tag has that of the deletion. The text is
  /// not all of it: what is behind `asOf` may have changed the rest.
  private ResponseEntity<byte[]> answer(CurrentEntry message) {
    Entry deletion = message.deletion();
    long version = deletion == null ? message.version() : deletion.seq();
    return ResponseEntity.ok()
        .eTag("\"" + version + "-" + message.asOf() + "\"")
        .contentType(MediaType.APPLICATION_JSON)
        .body(frames.writeMessage(message));
  }

  private static Person person(Jwt token) {
    return AuthenticatedPerson.of(token).person();
  }
}
