package io.tercet.http.handle;

import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileContent;
import io.tercet.http.file.FileLoader;
import io.tercet.http.file.FileRepresentations;
import io.tercet.http.file.FileTree;
import io.tercet.http.message.Fields;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The pages for errors of a tree: for people its own `404.html` and `50x.html`, if they are there
/// and small enough to be cached, and the server's [DefaultErrorPages] otherwise.
///
/// `50x.html` is read at the start and stays in memory. The cache would evict it some day, and when
/// it is needed no file can be opened. It is read again, once a second has passed, when another
/// file is opened.
///
/// Threading: shared by all. Two threads may read a page at once; one of the results is lost.
final class ErrorPages {
  private static final String NOT_FOUND = "404.html";
  private static final String FAILED = "50x.html";

  private final FileTree tree;
  private final FileLoader files;
  private final ContentCache cache;
  private volatile FileContent.@Nullable InMemory failed;
  private volatile long freshUntil;

  ErrorPages(FileTree tree, FileLoader files, ContentCache cache) {
    this.tree = tree;
    this.files = files;
    this.cache = cache;
    readFailed();
  }

  /// A file was just opened, so `50x.html` can be opened too. It may have changed.
  void filesCanBeOpened() {
    if (cache.isPast(freshUntil)) {
      readFailed();
    }
  }

  /// 404.
  Response notFound(Request request) {
    FileRepresentations page = DefaultErrorPages.wantsHtml(request) ? find(NOT_FOUND) : null;
    FileContent.InMemory own = page == null ? null : page.plain().content();
    return own == null
        ? DefaultErrorPages.notFound(request)
        : page(own, Status.NOT_FOUND, Fields.NONE);
  }

  /// 503: no file can be opened now.
  Response busy(Request request) {
    FileContent.InMemory own = DefaultErrorPages.wantsHtml(request) ? failed : null;
    return own == null
        ? DefaultErrorPages.busy(request)
        : page(own, Status.SERVICE_UNAVAILABLE, DefaultErrorPages.RETRY);
  }

  private @Nullable FileRepresentations find(String name) {
    FileRepresentations cached = files.find("/" + name);
    return cached == null ? load(name) : cached;
  }

  /// Null also if the page cannot be read now: the default page takes its place.
  private @Nullable FileRepresentations load(String name) {
    if (tree.find(name) instanceof FileTree.Entry.File(OpenFile file)) {
      try (file) {
        return files.load("/" + name, name, file);
      } catch (UncheckedIOException unreadable) {
        return null;
      }
    }
    return null;
  }

  /// If the page is there but cannot be read now, the one that was read before stays.
  private void readFailed() {
    freshUntil = cache.freshUntil();
    switch (tree.find(FAILED)) {
      case FileTree.Entry.File(OpenFile file) -> {
        try (file) {
          FileContent.InMemory read = files.read(file);
          hold(read == null ? failed : read);
        } catch (UncheckedIOException unreadable) {
          // The next look at it tries again.
        }
      }
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> hold(null);
      case FileTree.Entry.Busy() -> {}
    }
  }

  private void hold(FileContent.@Nullable InMemory page) {
    long bytes = page == null ? 0 : page.body().length();
    failed = cache.reserve(this, bytes) ? page : null;
  }

  private static Response page(FileContent page, Status status, Fields more) {
    Fields fields =
        DefaultErrorPages.VARY.with(
            "Content-Type", DefaultErrorPages.TYPE, "Cache-Control", "no-store");
    return new Response(status, fields.and(more), page.whole());
  }
}
