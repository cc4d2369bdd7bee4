package io.tercet.http.handle;

import io.tercet.http.message.Fields;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// What is said where there is no file to send: the tree's own `404.html` and `50x.html` for
/// people, if they are there and small enough for the cache, and our own words otherwise.
///
/// `50x.html` is read at the start, because when it is needed no file can be opened.
final class ErrorPages {
  private static final String NOT_FOUND = "404.html";
  private static final String FAILED = "50x.html";

  private final FileTree tree;
  private final FileLoader files;

  ErrorPages(FileTree tree, FileLoader files) {
    this.tree = tree;
    this.files = files;
    load(FAILED);
  }

  Response notFound(Request request) {
    Variants page = Pages.wantsHtml(request) ? find(NOT_FOUND) : null;
    Response own = page == null ? null : page(page, Status.NOT_FOUND, Fields.NONE);
    return own == null ? Pages.notFound(request) : own;
  }

  /// Too many files are open just now.
  Response busy(Request request) {
    Variants page = Pages.wantsHtml(request) ? files.last("/" + FAILED) : null;
    Response own = page == null ? null : page(page, Status.SERVICE_UNAVAILABLE, Pages.RETRY);
    return own == null ? Pages.busy(request) : own;
  }

  private @Nullable Variants find(String name) {
    Variants known = files.find("/" + name);
    return known == null ? load(name) : known;
  }

  /// Null also if it cannot be read just now: then our own words do.
  private @Nullable Variants load(String name) {
    if (tree.find(name) instanceof FileTree.Entry.File(OpenFile file)) {
      try (file) {
        return files.load("/" + name, name, file);
      } catch (UncheckedIOException unreadable) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Response page(Variants page, Status status, Fields more) {
    Content.InMemory content = page.plain().content();
    if (content == null) {
      return null;
    }
    Fields fields =
        Pages.VARY.with(
            "Content-Type", page.plain().representation().mediaType(), "Cache-Control", "no-store");
    return new Response(status, fields.and(more), content.whole());
  }
}
