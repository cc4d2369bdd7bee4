package io.tercet.chat.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomLists;
import io.tercet.chat.room.RoomPage;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.file.ConfirmedFiles;
import io.tercet.chat.signin.SignIn;
import io.tercet.chat.signin.TokenGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The endpoints for web-gateway and file-service.
@RestController
@RequestMapping("/internal")
class InternalController {

  private static final int EVENT_ID_MAX = 64;

  private final SignIn signIn;
  private final People people;
  private final Rooms rooms;
  private final RoomLists lists;
  private final ConfirmedFiles confirmedFiles;

  InternalController(
      SignIn signIn, People people, Rooms rooms, RoomLists lists, ConfirmedFiles confirmedFiles) {
    this.signIn = signIn;
    this.people = people;
    this.rooms = rooms;
    this.lists = lists;
    this.confirmedFiles = confirmedFiles;
  }

  record PersonBody(String personId, String name, boolean guest) {

    static PersonBody of(Person person) {
      return new PersonBody(person.personId().toString(), person.name(), person.guest());
    }
  }

  record Exchange(@Nullable String session) {}

  record ExchangedBody(String token, String expiresAt, PersonBody person, String sessionId) {}

  record SignInRequest(
      @Nullable String name, @Nullable String password, @Nullable String clientAddress) {}

  record SignedInBody(String token, String expiresAt, PersonBody person) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RoomsBody(List<RoomName> rooms, @Nullable String next) {}

  record RoomName(String roomId, String name) {}

  record MembershipBody(boolean member, boolean creator, String roomName) {}

  record FileEvent(@Nullable String eventId, @Nullable String personId, @Nullable FileBody file) {}

  record FileBody(
      @Nullable String fileId,
      @Nullable Integer version,
      @Nullable String path,
      @Nullable String name,
      long size,
      @Nullable String sha256,
      @Nullable String mediaType,
      @Nullable Integer width,
      @Nullable Integer height) {}

  record StoredFile(@Nullable String personId, @Nullable FileBody file) {}

  record SiteEvent(@Nullable String eventId, @Nullable String personId, @Nullable SiteBody site) {}

  record SiteBody(@Nullable String site, @Nullable String url, boolean published) {}

  record SeqBody(long seq) {}

  @PostMapping("/session/exchange")
  ExchangedBody exchange(@RequestBody Exchange exchange) {
    TokenGrant grant = signIn.exchangeSecret(required(exchange.session(), "session"));
    return new ExchangedBody(
        grant.token().value(),
        grant.token().expiresAt().toString(),
        PersonBody.of(grant.person()),
        grant.sessionId().toString());
  }

  @PostMapping("/sign-in")
  SignedInBody signIn(@RequestBody SignInRequest request) {
    TokenGrant grant =
        signIn.issueToken(
            required(request.name(), "name"),
            required(request.password(), "password"),
            required(request.clientAddress(), "clientAddress"));
    return new SignedInBody(
        grant.token().value(), grant.token().expiresAt().toString(), PersonBody.of(grant.person()));
  }

  @GetMapping("/people/{personId}/rooms")
  RoomsBody rooms(
      @PathVariable String personId, @RequestParam(required = false) @Nullable String cursor) {
    RoomPage page = lists.own(personId(personId), cursor);
    return new RoomsBody(
        page.rooms().stream()
            .map(room -> new RoomName(room.roomId().toString(), room.name()))
            .toList(),
        page.next());
  }

  @GetMapping("/rooms/{roomId}/members/{personId}")
  MembershipBody membership(@PathVariable String roomId, @PathVariable String personId) {
    Room room = rooms.find(roomId(roomId), personId(personId)).orElseThrow(this::noRoom);
    boolean creator = rooms.isCreator(room.roomId(), personId(personId));
    return new MembershipBody(room.member(), creator, room.name());
  }

  @PostMapping("/rooms/{roomId}/files")
  SeqBody addFile(@PathVariable String roomId, @RequestBody FileEvent event) {
    String eventId = eventId(event.eventId());
    FileReference file = reference(required(event.file(), "file"));
    Person sender = sender(event.personId());
    return new SeqBody(rooms.addFile(roomId(roomId), sender, eventId, file).seq());
  }

  /// A room of which the person is no member any more is fine: then nobody posts the file.
  @PostMapping("/rooms/{roomId}/confirmed-files")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void confirmFile(@PathVariable String roomId, @RequestBody StoredFile stored) {
    FileReference file = reference(required(stored.file(), "file"));
    required(file.version(), "file.version");
    PersonId uploader = personId(required(stored.personId(), "personId"));
    Room room = rooms.find(roomId(roomId), uploader).orElseThrow(this::noRoom);
    confirmedFiles.confirm(room.roomId(), uploader, file);
  }

  @PostMapping("/rooms/{roomId}/sites")
  SeqBody addSite(@PathVariable String roomId, @RequestBody SiteEvent event) {
    String eventId = eventId(event.eventId());
    SiteBody body = required(event.site(), "site");
    SiteReference site =
        new SiteReference(
            required(body.site(), "site.site"), required(body.url(), "site.url"), body.published());
    Person sender = sender(event.personId());
    return new SeqBody(rooms.addSite(roomId(roomId), sender, eventId, site).seq());
  }

  private static String eventId(@Nullable String text) {
    String eventId = required(text, "eventId");
    if (eventId.isEmpty() || eventId.length() > EVENT_ID_MAX) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "An eventId has 1 to 64 characters.");
    }
    return eventId;
  }

  private Person sender(@Nullable String personId) {
    return people
        .find(personId(required(personId, "personId")))
        .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
  }

  private static FileReference reference(FileBody file) {
    return new FileReference(
        required(file.fileId(), "file.fileId"),
        file.version(),
        required(file.path(), "file.path"),
        required(file.name(), "file.name"),
        file.size(),
        required(file.sha256(), "file.sha256"),
        required(file.mediaType(), "file.mediaType"),
        file.width(),
        file.height());
  }

  private RoomId roomId(String text) {
    return RoomId.parse(text).orElseThrow(this::noRoom);
  }

  private static PersonId personId(String text) {
    return PersonId.parse(text)
        .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
  }

  private static <T> T required(@Nullable T value, String member) {
    if (value == null) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, member + " is missing.");
    }
    return value;
  }

  private ProblemException noRoom() {
    return new ProblemException(ProblemType.ROOM_NOT_FOUND);
  }
}
