package io.tercet.chat.rest;

import io.tercet.chat.delivery.PageTurns;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Reads the log of a room, for programs without a socket.
@RestController
@RequestMapping("/api/rooms/{roomId}/entries")
class EntryController {

  private static final int LIMIT_MAX = 200;

  /// An entry has at most a fifth of this.
  private static final int PAGE_BYTES_MAX = 256 * 1024;

  private final Rooms rooms;
  private final FrameWriter frames;
  private final LogEpoch logEpoch;
  private final PageTurns turns;

  EntryController(Rooms rooms, FrameWriter frames, LogEpoch logEpoch, PageTurns turns) {
    this.rooms = rooms;
    this.frames = frames;
    this.logEpoch = logEpoch;
    this.turns = turns;
  }

  @GetMapping
  @Costs(Action.HISTORY)
  void read(
      @PathVariable String roomId,
      @RequestParam(required = false) @Nullable Long after,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(required = false) @Nullable String epoch,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal Jwt token,
      HttpServletResponse response)
      throws IOException {
    if ((after == null) == (before == null) || limit < 1 || limit > LIMIT_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Give either after or before, and a limit of 1 to 200.");
    }
    RoomId room = RequestFields.roomId(roomId);
    Person person = AuthenticatedPerson.of(token).person();
    boolean sameLog = epoch == null || logEpoch.is(epoch);
    byte[] page =
        turns.take(() ->
            after != null
                ? pageAfter(room, person, sameLog ? after : 0, limit)
                : pageBefore(
                    room, person, sameLog && before != null ? before : Long.MAX_VALUE, limit));
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(page.length);
    turns.write(person.personId(), page, response.getOutputStream());
  }

  private byte[] pageAfter(RoomId roomId, Person person, long after, int limit) {
    // One entry more than the limit shows whether there are more.
    List<Entry> found = rooms.entriesAfter(roomId, after, limit + 1);
    if (after > memberRoom(roomId, person).lastSeq()) {
      // A place in another log: this one was restored from a backup.
      return pageAfter(roomId, person, 0, limit);
    }
    boolean more = found.size() > limit;
    List<Entry> page = more ? found.subList(0, limit) : found;
    byte[] body = frames.writePage(page, more, logEpoch.value());
    while (body.length > PAGE_BYTES_MAX) {
      page = page.subList(0, page.size() / 2);
      body = frames.writePage(page, true, logEpoch.value());
    }
    return body;
  }

  private byte[] pageBefore(RoomId roomId, Person person, long before, int limit) {
    List<Entry> found = rooms.entriesBefore(roomId, before, limit + 1);
    memberRoom(roomId, person);
    boolean more = found.size() > limit;
    List<Entry> page = more ? found.subList(1, found.size()) : found;
    byte[] body = frames.writePage(page, more, logEpoch.value());
    while (body.length > PAGE_BYTES_MAX) {
      page = page.subList(page.size() / 2, page.size());
      body = frames.writePage(page, true, logEpoch.value());
    }
    return body;
  }

  /// The room, if the person is a member. It is asked for after the log is read: who left before
  /// gets nothing that came after their leaving.
  private Room memberRoom(RoomId roomId, Person person) {
    return rooms
        .find(roomId, person.personId())
        .filter(Room::member)
        .orElseThrow(() -> new ProblemException(ProblemType.ROOM_NOT_FOUND));
  }
}
