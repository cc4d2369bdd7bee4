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
import io.tercet.http.negotiation.AcceptEncodingCache;
import io.tercet.http.negotiation.AcceptedCodings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Serves a tree of files to GET and HEAD.
///
/// - A folder is its `index.html`, and its path ends in a slash. A path without one is redirected.
/// - Names that begin with a dot are not served, except `.well-known` in the root.
/// - With a fallback, a navigation (a GET that accepts HTML, to a path whose last name has no dot)
///   to a missing file gets the root's `index.html`: a page that routes by itself knows what to
///   show.
/// - A file is sent in the form that Accept-Encoding prefers: `name.br`, `name.zst` or `name.gz`
///   beside it, or for text a gzip form that the server makes.
/// - A missing file is answered with the root's `404.html` if there is one, and with 404.
///
/// Threading: shared by all.
public final class StaticFiles implements Handler {
  private static final String INDEX = "index.html";
  private static final Fields ALLOW = Fields.of("Allow", "GET, HEAD, OPTIONS");

  /// A file that has changed each time it was opened cannot be described.
  private static final int TRIES_MAX = 4;

  /// A page of a thousand names takes a megabyte while it is made.
  private static final int LISTINGS_MAX = 4;

  private final FileTree tree;
  private final FileLoader files;
  private final FileResponses responses;
  private final ErrorPages errors;
  private final FileServingOptions options;
  private final AcceptEncodingCache encodings = new AcceptEncodingCache();
  private final ConcurrencyLimit listings = new ConcurrencyLimit(LISTINGS_MAX);

  /// @param cache of all handlers of the server, which bounds how many files load at once
  /// @param boundaries makes the lines between the parts of a multipart response
  public StaticFiles(
      FileTree tree, ContentCache cache, Supplier<String> boundaries, FileServingOptions options) {
    this(tree, cache, boundaries, options, InstantSource.system());
  }

  /// @param clock that no file was changed after
  StaticFiles(
      FileTree tree,
      ContentCache cache,
      Supplier<String> boundaries,
      FileServingOptions options,
      InstantSource clock) {
    this.tree = tree;
    this.files = new FileLoader(tree, cache, options, clock);
    this.responses = new FileResponses(boundaries);
    this.errors = new ErrorPages(tree, files, cache);
    this.options = options;
  }

  @Override
  public Response handle(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> {
        Response found = find(request);
        yield isOfFile(found.status()) ? found : withOptions(found);
      }
      case "OPTIONS" -> withOptions(Response.empty(Status.NO_CONTENT, ALLOW));
      default -> withOptions(FileProblem.READ_ONLY.response(ALLOW));
    };
  }

  /// The loader has put the fields of a file together already.
  private static boolean isOfFile(Status status) {
    return status == Status.OK || status == Status.PARTIAL_CONTENT || status == Status.NOT_MODIFIED;
  }

  /// Our own pages and problems have `nosniff`. Here the options decide, because an operator may
  /// have removed it.
  private Response withOptions(Response response) {
    Fields own = response.fields().without("X-Content-Type-Options");
    return new Response(response.status(), own.andMissing(options.fields()), response.body());
  }

  private Response find(Request request) {
    for (int i = 0; i < TRIES_MAX; i++) {
      FileRepresentations cached = files.find(request.path());
      Response response = cached == null ? lookUp(request) : send(request, request.path(), cached);
      if (response != null) {
        return response;
      }
    }
    return errors.busy(request);
  }

  /// Null if the file has changed in the meantime.
  private @Nullable Response lookUp(Request request) {
    return switch (TargetPath.decode(request.path())) {
      case DecodedPath.Rejected(FileProblem problem) -> problem.response();
      case TargetPath path -> lookUp(request, path);
    };
  }

  private @Nullable Response lookUp(Request request, TargetPath path) {
    if (path.isHidden()) {
      return missing(request, path);
    }
    return switch (tree.find(path.names())) {
      case FileTree.Entry.File(OpenFile file) -> {
        if (path.folder()) {
          file.close();
          yield missing(request, path);
        }
        yield load(request, request.path(), path.names(), file);
      }
      case FileTree.Entry.Folder() -> path.folder() ? index(request, path) : redirect(request);
      case FileTree.Entry.Absent() -> missing(request, path);
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }

  private @Nullable Response index(Request request, TargetPath folder) {
    String path = folder.names().isEmpty() ? INDEX : folder.names() + "/" + INDEX;
    return switch (tree.find(path)) {
      case FileTree.Entry.File(OpenFile file) -> load(request, request.path(), path, file);
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> list(request, folder);
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }

  /// Null if the folder cannot be read any more: it is looked up again.
  private @Nullable Response list(Request request, TargetPath folder) {
    return options.lists() && tree instanceof ListableTree listable
        ? listings.run(() -> page(request, folder, listable)).orElse(null)
        : missing(request, folder);
  }

  private Optional<Response> page(Request request, TargetPath folder, ListableTree listable) {
    return listable
        .list(folder.names(), options.listingEntriesMax())
        .map(content -> withOptions(FolderPage.of(request, folder.names(), content)));
  }

  /// The path begins with one slash and not two, so the redirect cannot lead to another host. A
  /// folder may become a file, so browsers must not keep the redirect.
  private static Response redirect(Request request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String location = request.path() + "/" + query;
    return Response.empty(
        Status.MOVED_PERMANENTLY, Fields.of("Location", location, "Cache-Control", "no-cache"));
  }

  private @Nullable Response missing(Request request, TargetPath path) {
    if (!options.fallsBack() || !isNavigation(request, path)) {
      return errors.notFound(request);
    }
    String indexPath = "/" + INDEX;
    FileRepresentations cached = files.find(indexPath);
    if (cached != null) {
      return varyByAccept(send(request, indexPath, cached));
    }
    return switch (tree.find(INDEX)) {
      case FileTree.Entry.File(OpenFile file) ->
          varyByAccept(load(request, indexPath, INDEX, file));
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> errors.notFound(request);
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }

  /// A shared cache may give it only to clients with the same Accept; others get 404 (RFC 9110
  /// §12.5.5).
  private static @Nullable Response varyByAccept(@Nullable Response response) {
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

  /// A large file is sent from the open file that was looked at. A second open may find another
  /// one, for example when somebody writes it all the time.
  private @Nullable Response load(
      Request request, String requestPath, String filePath, OpenFile file) {
    boolean sent = false;
    try {
      errors.filesCanBeOpened();
      FileRepresentations loaded = files.load(requestPath, filePath, file);
      if (loaded == null) {
        return null;
      }
      Representation chosen = choose(request, requestPath, loaded);
      if (chosen != null && chosen.content() == null && chosen.path().equals(filePath)) {
        sent = true;
        return responses.answer(request, chosen.metadata(), new FileContent.InFile(file));
      }
      return answer(request, requestPath, chosen);
    } finally {
      if (!sent) {
        file.close();
      }
    }
  }

  private @Nullable Response send(Request request, String requestPath, FileRepresentations cached) {
    return answer(request, requestPath, choose(request, requestPath, cached));
  }

  /// The form that the client prefers, which the server may have to make; null if it refuses all.
  private @Nullable Representation choose(
      Request request, String requestPath, FileRepresentations file) {
    AcceptedCodings accepted = encodings.read(request.headers());
    Representation chosen = file.choose(accepted);
    return file.wantsCompression(accepted, chosen)
        ? files.compress(requestPath, file).choose(accepted)
        : chosen;
  }

  private @Nullable Response answer(
      Request request, String requestPath, @Nullable Representation chosen) {
    if (chosen == null) {
      return FileProblem.NO_FORM.response(Fields.of("Vary", "Accept-Encoding"));
    }
    FileContent.InMemory content = chosen.content();
    return content != null
        ? responses.answer(request, chosen.metadata(), content)
        : reopen(request, requestPath, chosen);
  }

  /// The cached metadata of a large file holds only for the bytes that it was made from.
  private @Nullable Response reopen(Request request, String requestPath, Representation chosen) {
    return switch (tree.find(chosen.path())) {
      case FileTree.Entry.File(OpenFile file) -> {
        if (file.tag().equals(chosen.tag())) {
          yield responses.answer(request, chosen.metadata(), new FileContent.InFile(file));
        }
        file.close();
        files.expire(requestPath);
        yield null;
      }
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> {
        files.expire(requestPath);
        yield null;
      }
      case FileTree.Entry.Busy() -> errors.busy(request);
    };
  }
}
