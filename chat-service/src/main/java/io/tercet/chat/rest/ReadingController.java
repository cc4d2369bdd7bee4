package io.tercet.chat.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlaces;
import io.tercet.chat.room.reading.Reader;
import io.tercet.chat.room.reading.Unread;
import io.tercet.chat.security.AuthenticatedPerson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Up to where members have read, and what they have not.
@RestController
@RequestMapping("/api")
class ReadingController {

  private static final int ROOMS_MAX = 200;

  private final Rooms rooms;
  private final ReadPlaces places;

  ReadingController(Rooms rooms, ReadPlaces places) {
    this.rooms = rooms;
    this.places = places;
  }

  record Place(@Nullable Long seq, @Nullable Boolean back) {}

  record PlaceOfRoom(@Nullable String roomId, @Nullable Long seq) {}

  record Places(@Nullable List<@Nullable PlaceOfRoom> rooms, @Nullable Boolean back) {}

  record UnreadBody(
      long lastSeq,
      long lastReadSeq,
      int unread,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long firstUnreadSeq,
      List<Long> mentions) {}

  @GetMapping("/rooms/{roomId}/unread")
  @Costs(Action.HISTORY)
  UnreadBody unread(@PathVariable String roomId, @AuthenticationPrincipal Jwt token) {
    Unread unread = rooms.unread(RequestFields.roomId(roomId), personId(token));
    return new UnreadBody(
        unread.lastSeq(),
        unread.lastReadSeq(),
        unread.count(),
        unread.firstSeq(),
        unread.mentions());
  }

  @PutMapping("/rooms/{roomId}/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void read(
      @PathVariable String roomId, @RequestBody Place place, @AuthenticationPrincipal Jwt token) {
    Reader reader = new Reader(personId(token), RequestFields.roomId(roomId));
    places.move(new ReadMove(reader, place(place.seq()), isBack(place.back())));
  }

  /// Whoever is no member of a room cannot tell whether it exists: it is left out.
  @PutMapping("/people/me/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void readAll(@RequestBody Places read, @AuthenticationPrincipal Jwt token) {
    List<@Nullable PlaceOfRoom> all = RequestFields.required(read.rooms(), "rooms");
    if (all.isEmpty() || all.size() > ROOMS_MAX) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "rooms has 1 to 200 rooms.");
    }
    List<ReadMove> moves = new ArrayList<>(all.size());
    for (PlaceOfRoom each : all) {
      PlaceOfRoom place = RequestFields.required(each, "a room of rooms");
      long seq = place(place.seq());
      RoomId.parse(RequestFields.required(place.roomId(), "roomId"))
          .map(
              roomId -> new ReadMove(new Reader(personId(token), roomId), seq, isBack(read.back())))
          .ifPresent(moves::add);
    }
    if (!moves.isEmpty()) {
      places.moveAll(moves);
    }
  }

  /// 0 is the place before the first entry.
  private static long place(@Nullable Long seq) {
    long place = RequestFields.required(seq, "seq");
    if (place < 0) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "seq is at least 0.");
    }
    return place;
  }

  private static boolean isBack(@Nullable Boolean back) {
    return back != null && back;
  }

  private static PersonId personId(Jwt token) {
    return AuthenticatedPerson.of(token).person().personId();
  }
}
