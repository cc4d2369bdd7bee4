package io.tercet.http.handle;

import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Serves a tree of files to GET and HEAD.
///
/// A folder is its `index.html`, and its path ends in a slash: without one it is redirected. Names
/// that begin with a dot are not served, except below `.well-known`. With a fallback, a navigation
/// (a GET that accepts HTML, to a path whose last name has no dot) to nothing gets the root's
/// `index.html`, because a page that routes by itself knows what to show there.
///
/// Threading: shared by all.
public final class StaticFiles implements Handler {
  private static final String INDEX = "index.html";
  private static final Fields ALLOW = Fields.of("Allow", "GET, HEAD, OPTIONS");

  private final FileTree tree;
  private final ContentCache cache;
  private final FileResponses responses;
  private final boolean fallsBack;

  /// @param boundaries makes the lines between the parts of a multipart response
  /// @param fallsBack whether navigations to nothing get the root's index
  public StaticFiles(
      FileTree tree, ContentCache cache, Supplier<String> boundaries, boolean fallsBack) {
    this.tree = tree;
    this.cache = cache;
    this.responses = new FileResponses(boundaries);
    this.fallsBack = fallsBack;
  }

  @Override
  public Response handle(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> find(request);
      case "OPTIONS" -> Response.empty(Status.NO_CONTENT, ALLOW);
      default ->
          ProblemType.METHOD_NOT_ALLOWED.response("files can only be read: GET, HEAD", ALLOW);
    };
  }

  private Response find(Request request) {
    ContentCache.Kept kept = cache.find(tree, request.path());
    if (kept != null) {
      return responses.answer(request, kept.representation, kept.content);
    }
    Optional<TargetPath> decoded = TargetPath.decode(request.path());
    if (decoded.isEmpty()) {
      return ProblemType.INVALID_PATH.response("a path has names between single slashes, as UTF-8");
    }
    TargetPath path = decoded.get();
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
      case FileTree.Entry.Busy() -> busy();
    };
  }

  private Response index(Request request, TargetPath folder) {
    String path = folder.names().isEmpty() ? INDEX : folder.names() + "/" + INDEX;
    return switch (tree.find(path)) {
      case FileTree.Entry.File(OpenFile file) -> serve(request, request.path(), path, file);
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> nothing(request, folder);
      case FileTree.Entry.Busy() -> busy();
    };
  }

  /// The path begins with one slash and not two, so the redirect cannot lead to another host.
  private static Response redirect(Request request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return Response.empty(
        Status.MOVED_PERMANENTLY, Fields.of("Location", request.path() + "/" + query));
  }

  private Response nothing(Request request, TargetPath path) {
    if (fallsBack && isNavigation(request, path)) {
      String indexPath = "/" + INDEX;
      ContentCache.Kept kept = cache.find(tree, indexPath);
      if (kept != null) {
        return responses.answer(request, kept.representation, kept.content);
      }
      if (tree.find(INDEX) instanceof FileTree.Entry.File(OpenFile file)) {
        return serve(request, indexPath, INDEX, file);
      }
    }
    return Pages.notFound(request);
  }

  private static boolean isNavigation(Request request, TargetPath path) {
    return path.lastName().indexOf('.') < 0 && Pages.wantsHtml(request);
  }

  private static Response busy() {
    return ProblemType.SERVICE_UNAVAILABLE.response(
        ProblemType.SERVICE_UNAVAILABLE.title(), Fields.of("Retry-After", "1"));
  }

  private Response serve(Request request, String requestPath, String filePath, OpenFile file) {
    Representation representation = Representation.of(file, filePath);
    if (!cache.takes(file.length())) {
      return responses.answer(request, representation, new Content.InFile(file));
    }
    Content.InMemory content;
    try (file) {
      content = new Content.InMemory(new Body.Bytes(readAll(file)));
    }
    cache.keep(tree, requestPath, representation, content);
    return responses.answer(request, representation, content);
  }

  private static byte[] readAll(OpenFile file) {
    byte[] bytes = new byte[(int) file.length()];
    try {
      for (int at = 0; at < bytes.length; ) {
        int read = file.read(at, bytes, at, bytes.length - at);
        if (read <= 0) {
          throw new IOException("the file became shorter while it was read");
        }
        at += read;
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return bytes;
  }
}
