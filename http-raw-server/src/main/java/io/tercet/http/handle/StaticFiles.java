package io.tercet.http.handle;

import io.tercet.http.file.ConcurrencyLimit;
import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileContent;
import io.tercet.http.file.FileLoader;
import io.tercet.http.file.FileRepresentations;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.file.FileTree;
import io.tercet.http.file.ListableTree;
import io.tercet.http.file.Representation;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.negotiation.AcceptedCodings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Serves a tree of files to GET and HEAD.
///
/// - A folder is its `index.html`, and its path ends in a slash: without one it is redirected.
/// - Names that begin with a dot are not served, except `.well-known` in the root.
/// - With a fallback, a navigation (a GET that accepts HTML, to a path whose last name has no dot)
///   to nothing gets the root's `index.html`, because a page that routes by itself knows what to
///   show there.
/// - A file is sent in the form that Accept-Encoding likes best: `name.br`, `name.zst` or `name.gz`
///   beside it, or for text a gzip form made here.
/// - What is not there is answered with the root's `404.html` if there is one, and with 404.
///
/// Threading: shared by all.
public final class StaticFiles implements Handler {
  private static final String INDEX = "index.html";
  private static final Fields ALLOW = Fields.of("Allow", "GET, HEAD, OPTIONS");

  /// A file that changes each time that it is opened is one that we cannot describe.
  private static final int TRIES_MAX = 4;

  /// Folders that are listed at once, in this process: a page of a thousand names takes a megabyte
  /// while it is made.
  private static final ConcurrencyLimit LISTINGS = new ConcurrencyLimit(4);

  private final FileTree tree;
  private final FileLoader files;
  private final FileResponses responses;
  private final ErrorPages errors;
  private final FileServingOptions rules;
  private final AcceptedCodings accepted = new AcceptedCodings();

  /// @param boundaries makes the lines between the parts of a multipart response
  public StaticFiles(
      FileTree tree, ContentCache cache, Supplier<String> boundaries, FileServingOptions rules) {
    this(tree, cache, boundaries, rules, InstantSource.system());
  }

  /// @param clock that no file was changed after
  StaticFiles(
      FileTree tree,
      ContentCache cache,
      Supplier<String> boundaries,
      FileServingOptions rules,
      InstantSource clock) {
    this.tree = tree;
    this.files = new FileLoader(tree, cache, rules, clock);
    this.responses = new FileResponses(boundaries);
    this.errors = new ErrorPages(tree, files);
    this.rules = rules;
  }

  @Override
  public Response handle(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> {
        Response found = find(request);
        yield isOfFile(found.status()) ? found : withRules(found);
      }
      case "OPTIONS" -> withRules(Response.empty(Status.NO_CONTENT, ALLOW));
      default -> withRules(FileProblem.READ_ONLY.response(ALLOW));
    };
  }

  /// The fields of a file were put together when it was loaded.
  private static boolean isOfFile(Status status) {
    return status == Status.OK || status == Status.PARTIAL_CONTENT || status == Status.NOT_MODIFIED;
  }

  /// A page or a problem of our own says itself that its type is not to be guessed; here the rules
  /// say so, or an operator took it away.
  private Response withRules(Response response) {
    Fields fields = response.fields().without("X-Content-Type-Options").andMissing(rules.fields());
    return new Response(response.status(), fields, response.body());
  }

  private Response find(Request request) {
    for (int i = 0; i < TRIES_MAX; i++) {
      FileRepresentations known = files.find(request.path());
      Response response = known == null ? look(request) : send(request, request.path(), known);
      if (response != null) {
        return response;
      }
    }
    return errors.busy(request);
  }

  /// Null if what was found has changed already.
  private @Nullable Response look(Request request) {
    return switch (TargetPath.decode(request.path())) {
      case DecodedPath.Refused(FileProblem why) -> why.response();
      case TargetPath path -> look(request, path);
    };
  }

  private @Nullable Response look(Request request, TargetPath path) {
    if (path.isHidden()) {
      return nothing(request, path);
    }
    return switch (tree.find(path.names())) {
      case FileTree.Entry.File(OpenFile file) -> {
        if (path.folder()) {
          file.close();
          yield nothing(request, path);
        }
        yield serve(request, request.path(), path.names(), file);
      }
      case FileTree.Entry.Folder() -> path.folder() ? index(request, path) : redirect(request);
      case FileTree.Entry.Absent() -> nothing(request, path);
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }

  private @Nullable Response index(Request request, TargetPath folder) {
    String path = folder.names().isEmpty() ? INDEX : folder.names() + "/" + INDEX;
    return switch (tree.find(path)) {
      case FileTree.Entry.File(OpenFile file) -> serve(request, request.path(), path, file);
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> list(request, folder);
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }

  /// A folder that cannot be read any more is looked for again.
  private @Nullable Response list(Request request, TargetPath folder) {
    return rules.lists() && tree instanceof ListableTree listable
        ? LISTINGS.run(() -> page(request, folder, listable)).orElse(null)
        : nothing(request, folder);
  }

  private Optional<Response> page(Request request, TargetPath folder, ListableTree listable) {
    return listable
        .list(folder.names(), rules.listingEntriesMax())
        .map(content -> withRules(FolderPage.of(request, folder.names(), content)));
  }

  /// The path begins with one slash and not two, so the redirect cannot lead to another host. What
  /// is a folder today may be a file tomorrow, so it is asked for again.
  private static Response redirect(Request request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String location = request.path() + "/" + query;
    return Response.empty(
        Status.MOVED_PERMANENTLY, Fields.of("Location", location, "Cache-Control", "no-cache"));
  }

  private @Nullable Response nothing(Request request, TargetPath path) {
    if (rules.fallsBack() && isNavigation(request, path)) {
      String indexPath = "/" + INDEX;
      FileRepresentations known = files.find(indexPath);
      if (known != null) {
        return byAccept(send(request, indexPath, known));
      }
      return switch (tree.find(INDEX)) {
        case FileTree.Entry.File(OpenFile file) -> byAccept(serve(request, indexPath, INDEX, file));
        case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> errors.notFound(request);
        case FileTree.Entry.Busy() -> errors.busy(request);
      };
    }
    return errors.notFound(request);
  }

  /// A cache may give it only to those who accept the same: others get 404 (RFC 9110 §12.5.5).
  private static @Nullable Response byAccept(@Nullable Response response) {
    if (response == null) {
      return null;
    }
    String others = response.fields().first("Vary").map(names -> names + ", ").orElse("");
    Fields fields = response.fields().without("Vary").with("Vary", others + "Accept");
    return new Response(response.status(), fields, response.body());
  }

  private static boolean isNavigation(Request request, TargetPath path) {
    return path.lastName().indexOf('.') < 0 && DefaultErrorPages.wantsHtml(request);
  }

  /// A large file is sent from where it was looked at: it may be another each time that it is
  /// opened, such as one that is written all the time.
  private @Nullable Response serve(
      Request request, String requestPath, String filePath, OpenFile file) {
    boolean sent = false;
    try {
      errors.filesCanBeOpened();
      FileRepresentations known = files.load(requestPath, filePath, file);
      if (known == null) {
        return null;
      }
      Representation chosen = choose(request, requestPath, known);
      if (chosen != null && chosen.content() == null && chosen.path().equals(filePath)) {
        sent = true;
        return responses.answer(request, chosen.representation(), new FileContent.InFile(file));
      }
      return answer(request, requestPath, chosen);
    } finally {
      if (!sent) {
        file.close();
      }
    }
  }

  private @Nullable Response send(Request request, String requestPath, FileRepresentations known) {
    return answer(request, requestPath, choose(request, requestPath, known));
  }

  /// The form that the client likes best, which may be made for it; null if it refuses all.
  private @Nullable Representation choose(
      Request request, String requestPath, FileRepresentations known) {
    long weights = accepted.of(request.headers());
    Representation chosen = known.choose(weights);
    return known.wantsCompression(weights, chosen)
        ? files.compress(requestPath, known).choose(weights)
        : chosen;
  }

  private @Nullable Response answer(
      Request request, String requestPath, @Nullable Representation chosen) {
    if (chosen == null) {
      return FileProblem.NO_FORM.response(Fields.of("Vary", "Accept-Encoding"));
    }
    FileContent.InMemory content = chosen.content();
    return content != null
        ? responses.answer(request, chosen.representation(), content)
        : reopened(request, requestPath, chosen);
  }

  /// What is known of a large file holds only for the bytes that it was read from.
  private @Nullable Response reopened(Request request, String requestPath, Representation chosen) {
    return switch (tree.find(chosen.path())) {
      case FileTree.Entry.File(OpenFile file) -> {
        if (file.tag().equals(chosen.tag())) {
          yield responses.answer(request, chosen.representation(), new FileContent.InFile(file));
        }
        file.close();
        files.forget(requestPath);
        yield null;
      }
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> {
        files.forget(requestPath);
        yield null;
      }
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }
}
