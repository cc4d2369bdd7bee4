package io.tercet.http.handle;

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

/// What is said where there is no file to send: the tree's own `404.html` and `50x.html` for
/// people, if they are there and small enough for the cache, and our own words otherwise.
///
/// `50x.html` is in memory from the start and not in the cache, which would drop it some day:
/// when it is needed no file can be opened. It is looked at again where others can be.
///
/// Threading: shared by all; what two threads read at once, one of them read for nothing.
final class ErrorPages {
  private static final String NOT_FOUND = "404.html";
  private static final String FAILED = "50x.html";

  private final FileTree tree;
  private final FileLoader files;
  private volatile FileContent.@Nullable InMemory failed;
  private volatile long freshUntil;

  ErrorPages(FileTree tree, FileLoader files) {
    this.tree = tree;
    this.files = files;
    readFailed();
  }

  /// A file could be opened just now, and so could `50x.html`, which may have changed.
  void filesCanBeOpened() {
    if (files.isPast(freshUntil)) {
      readFailed();
    }
  }

  Response notFound(Request request) {
    FileRepresentations page = DefaultErrorPages.wantsHtml(request) ? find(NOT_FOUND) : null;
    FileContent.InMemory own = page == null ? null : page.plain().content();
    return own == null
        ? DefaultErrorPages.notFound(request)
        : page(own, Status.NOT_FOUND, Fields.NONE);
  }

  /// Files cannot be opened just now.
  Response busy(Request request) {
    FileContent.InMemory own = DefaultErrorPages.wantsHtml(request) ? failed : null;
    return own == null
        ? DefaultErrorPages.busy(request)
        : page(own, Status.SERVICE_UNAVAILABLE, DefaultErrorPages.RETRY);
  }

  private @Nullable FileRepresentations find(String name) {
    FileRepresentations known = files.find("/" + name);
    return known == null ? load(name) : known;
  }

  /// Null also if it cannot be read just now: then our own words do.
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

  /// Where it is there and cannot be read just now, the one before stays.
  private void readFailed() {
    freshUntil = files.freshUntil();
    switch (tree.find(FAILED)) {
      case FileTree.Entry.File(OpenFile file) -> {
        try (file) {
          FileContent.InMemory read = files.read(file);
          hold(read == null ? failed : read);
        } catch (UncheckedIOException unreadable) {
          // It is tried again when it is looked at again.
        }
      }
      case FileTree.Entry.Folder(), FileTree.Entry.Absent() -> hold(null);
      case FileTree.Entry.Busy() -> {}
    }
  }

  private void hold(FileContent.@Nullable InMemory page) {
    long bytes = page == null ? 0 : page.body().length();
    failed = files.lend(this, bytes) ? page : null;
  }

  private static Response page(FileContent page, Status status, Fields more) {
    Fields fields =
        DefaultErrorPages.VARY.with(
            "Content-Type", DefaultErrorPages.TYPE, "Cache-Control", "no-store");
    return new Response(status, fields.and(more), page.whole());
  }
}
