package io.tercet.files.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.files.catalog.Cursor;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Tree;
import io.tercet.files.download.Downloads;
import io.tercet.files.folder.Folders;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.quota.Quotas;
import io.tercet.files.upload.Upload;
import io.tercet.files.upload.UploadTarget;
import io.tercet.files.upload.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/files`; contracts/http.md, Files.
@RestController
class FilesController {
  private static final String PREFIX = "/api/files/";
  private static final String ANY = PREFIX + "{*path}";
  private static final String PAGE = "100";

  private final Uploads uploads;
  private final Downloads downloads;
  private final Folders folders;
  private final FileResponse fileResponse;
  private final FormUpload formUpload;
  private final Quotas quotas;

  FilesController(
      Uploads uploads,
      Downloads downloads,
      Folders folders,
      FileResponse fileResponse,
      FormUpload formUpload,
      Quotas quotas) {
    this.uploads = uploads;
    this.downloads = downloads;
    this.folders = folders;
    this.fileResponse = fileResponse;
    this.formUpload = formUpload;
    this.quotas = quotas;
  }

  /// An item as JSON; contracts/http.md, Files.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ItemBody(
      UUID fileId,
      String path,
      String name,
      String kind,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable String mediaType,
      @Nullable Integer width,
      @Nullable Integer height,
      Instant modifiedAt,
      int version) {

    static ItemBody of(Item item) {
      String path = item.path().toString();
      String name = item.path().name();
      Instant at = item.modifiedAt();
      int version = item.version();
      return switch (item) {
        case Item.Folder f ->
            new ItemBody(
                f.fileId(), path, name, "folder", null, null, null, null, null, at, version);
        case Item.File(UUID id, _, _, _, Item.Content c) -> {
          Integer width = c.pixels() == null ? null : c.pixels().width();
          Integer height = c.pixels() == null ? null : c.pixels().height();
          yield new ItemBody(
              id,
              path,
              name,
              "file",
              c.size(),
              c.sha256(),
              c.mediaType(),
              width,
              height,
              at,
              version);
        }
      };
    }
  }

  /// One page of a listing.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PageBody(String path, List<ItemBody> items, boolean more, @Nullable String next) {}

  /// The files that a form stored.
  record StoredBody(List<ItemBody> items) {}

  /// What a person stores and may store; sizes in bytes.
  record UsageBody(long bytes, long bytesMax, long items, long itemsMax) {}

  /// What to move.
  record MoveBody(@Nullable String from, @Nullable String to, @Nullable Boolean replace) {}

  @GetMapping(ANY)
  @Nullable ResponseEntity<PageBody> get(
      @AuthenticationPrincipal Person person,
      @RequestParam @Nullable String after,
      @RequestParam(defaultValue = PAGE) int limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ResourcePath resource = resource(request, person);
    if (!resource.folder()) {
      Item.File file = downloads.find(person, resource.space(), resource.path());
      fileResponse.send(person, new Tree.Located(resource.space(), file), request, response);
      return null;
    }
    Cursor cursor = after == null ? null : Cursor.parse(after);
    Tree.Page page = folders.list(person, resource.space(), resource.path(), cursor, limit);
    String next = page.next() == null ? null : page.next().toString();
    List<ItemBody> items = page.items().stream().map(ItemBody::of).toList();
    return ResponseEntity.ok(new PageBody(resource.path().toString(), items, next != null, next));
  }

  @GetMapping(PREFIX + "usage")
  UsageBody usage(@AuthenticationPrincipal Person person) {
    Quotas.Statement statement = quotas.of(person);
    return new UsageBody(
        statement.used().bytes(),
        statement.most().bytes(),
        statement.used().items(),
        statement.most().items());
  }

  @GetMapping(PREFIX + "by-id/{fileId}")
  void getById(
      @AuthenticationPrincipal Person person,
      @PathVariable UUID fileId,
      @RequestParam @Nullable Integer version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    fileResponse.send(person, downloads.findById(person, fileId, version), request, response);
  }

  @PutMapping(ANY)
  ResponseEntity<ItemBody> put(
      @AuthenticationPrincipal Person person,
      @RequestParam(defaultValue = "yes") String announce,
      HttpServletRequest request)
      throws IOException {
    ResourcePath resource = resource(request, person);
    if (resource.folder()) {
      return response(
          folders.make(
              person, resource.space(), resource.path(), EntityTags.preconditions(request)));
    }
    checkLengthIsKnown(request);
    if (request.getHeader("Content-Range") != null) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Send the whole file: part of one cannot be stored.");
    }
    Predicate<String> digest = ReprDigest.check(request.getHeader("Repr-Digest"));
    UploadTarget target =
        new UploadTarget(
            resource.space(),
            resource.path(),
            EntityTags.preconditions(request),
            isAnnounced(announce));
    long announced = Math.max(0, request.getContentLengthLong());
    try (Upload upload = uploads.open(person, client(request), target, announced)) {
      upload.writeAll(request.getInputStream());
      return response(uploads.commit(upload, person, target, digest));
    }
  }

  private static boolean isAnnounced(String announce) {
    return switch (announce) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new ProblemException(ProblemType.INVALID_REQUEST, "announce is yes or no.");
    };
  }

  // Without either header a request has no content (RFC 9112 §6.3), which no one means by a PUT.
  private static void checkLengthIsKnown(HttpServletRequest request) {
    if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null) {
      throw new ProblemException(
          ProblemType.LENGTH_REQUIRED, "Send Content-Length: 0 to store an empty file.");
    }
  }

  @PostMapping(ANY)
  @ResponseStatus(HttpStatus.CREATED)
  StoredBody post(@AuthenticationPrincipal Person person, HttpServletRequest request) {
    ResourcePath resource = resource(request, person);
    if (!resource.folder()) {
      throw new ProblemException(
          ProblemType.METHOD_NOT_ALLOWED, "Post to a folder: end its path with a slash.");
    }
    List<Item.File> stored = formUpload.receive(person, resource, request);
    return new StoredBody(stored.stream().map(ItemBody::of).toList());
  }

  @DeleteMapping(ANY)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@AuthenticationPrincipal Person person, HttpServletRequest request) {
    ResourcePath resource = resource(request, person);
    folders.delete(person, resource.space(), resource.path(), EntityTags.preconditions(request));
  }

  /// Removes for good what the person may remove from the bin of a room.
  @DeleteMapping(PREFIX + "bin/rooms/{roomId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void emptyBin(@AuthenticationPrincipal Person person, @PathVariable String roomId) {
    folders.emptyBin(person, ResourcePath.ofText("rooms/" + roomId, person).space());
  }

  @PostMapping(PREFIX + "moves")
  ItemBody move(@AuthenticationPrincipal Person person, @RequestBody MoveBody body) {
    if (body.from() == null || body.to() == null) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "Say `from` and `to`.");
    }
    Tree.Location from = ResourcePath.ofText(body.from(), person).location();
    Tree.Location to = ResourcePath.ofText(body.to(), person).location();
    return ItemBody.of(folders.move(person, from, to, Boolean.TRUE.equals(body.replace())));
  }

  private static ResponseEntity<ItemBody> response(Tree.Put<? extends Item> put) {
    String etag = Item.etagOf(put.item());
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK);
    return (etag == null ? response : response.eTag(etag)).body(ItemBody.of(put.item()));
  }

  static InetAddress client(HttpServletRequest request) {
    return InetAddress.ofLiteral(request.getRemoteAddr());
  }

  private static ResourcePath resource(HttpServletRequest request, Person person) {
    return ResourcePath.ofTarget(request.getRequestURI().substring(PREFIX.length()), person);
  }
}
