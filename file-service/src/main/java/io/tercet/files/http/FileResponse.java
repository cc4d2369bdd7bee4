package io.tercet.files.http;

import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Tree;
import io.tercet.files.download.ByteRange;
import io.tercet.files.download.Downloads;
import io.tercet.files.download.OpenFile;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Sends a file, or the ranges that a client asks for, without loading it into memory.
///
/// Every answer is an attachment, and a browser must neither sniff nor run it: an uploaded file
/// never becomes a page of our origin.
@Component
@EnableConfigurationProperties(HttpSettings.class)
class FileResponse {
  private static final Logger log = LoggerFactory.getLogger(FileResponse.class);

  private final Downloads downloads;
  private final HttpSettings settings;
  private final Supplier<UUID> newIds;

  FileResponse(Downloads downloads, HttpSettings settings, Supplier<UUID> newIds) {
    this.downloads = downloads;
    this.settings = settings;
    this.newIds = newIds;
  }

  void send(
      Person person, Tree.Located found, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Item.File file = found.file();
    ConditionalRequest.Outcome outcome =
        ConditionalRequest.evaluate(request, file, settings.rangesMax());
    response.setHeader("ETag", file.etag());
    response.setHeader("Last-Modified", HttpDate.format(file.modifiedAt()));
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Cache-Control", "private, no-cache");
    switch (outcome) {
      case ConditionalRequest.Outcome.PreconditionFailed _ ->
          throw new ProblemException(ProblemType.PRECONDITION_FAILED, "Read it again.");
      case ConditionalRequest.Outcome.RangeNotSatisfiable _ -> {
        response.setHeader("Content-Range", "bytes */" + file.content().size());
        throw new ProblemException(
            ProblemType.INVALID_RANGE, "It has " + file.content().size() + " bytes.");
      }
      case ConditionalRequest.Outcome.NotModified _ ->
          response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      case ConditionalRequest.Outcome.Whole _ -> {
        if (request.getMethod().equals("HEAD")) {
          setWholeHeaders(file, response);
        } else {
          body(person, found, response, bytes -> whole(file, bytes, response));
        }
      }
      case ConditionalRequest.Outcome.Partial(List<ByteRange> ranges) ->
          body(person, found, response, bytes -> partial(file, ranges, bytes, response));
    }
  }

  private interface Body {
    void write(OpenFile bytes) throws IOException;
  }

  /// Writes a body whose length is announced. If it fails, a client must not wait for the rest: the
  /// announcement is taken back, or the connection ends.
  private void body(Person person, Tree.Located found, HttpServletResponse response, Body body)
      throws IOException {
    try (OpenFile bytes = downloads.open(person, found.space(), found.file().content())) {
      body.write(bytes);
    } catch (ClientAbortException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (response.isCommitted()) {
        log.info("ended a download file={}: {}", found.file().fileId(), e.getMessage());
        throw new CloseNowException(e.getMessage(), e);
      }
      response.reset();
      throw e;
    }
  }

  private static void setWholeHeaders(Item.File file, HttpServletResponse response) {
    setDownloadHeaders(file, response);
    response.setContentType(file.content().mediaType());
    response.setContentLengthLong(file.content().size());
  }

  private static void whole(Item.File file, OpenFile bytes, HttpServletResponse response)
      throws IOException {
    setWholeHeaders(file, response);
    bytes.copy(0, file.content().size(), response.getOutputStream());
  }

  private void partial(
      Item.File file, List<ByteRange> ranges, OpenFile bytes, HttpServletResponse response)
      throws IOException {
    setDownloadHeaders(file, response);
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    if (ranges.size() == 1) {
      ByteRange range = ranges.getFirst();
      response.setContentType(file.content().mediaType());
      response.setHeader("Content-Range", contentRange(range, file));
      response.setContentLengthLong(range.length());
      bytes.copy(range.first(), range.length(), response.getOutputStream());
    } else {
      multipart(file, ranges, bytes, response);
    }
  }

  /// Source: RFC 9110 §14.6.
  private void multipart(
      Item.File file, List<ByteRange> ranges, OpenFile bytes, HttpServletResponse response)
      throws IOException {
    String boundary = newIds.get().toString();
    List<byte[]> heads = new ArrayList<>();
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    long length = tail.length;
    for (ByteRange range : ranges) {
      String head =
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(boundary, file.content().mediaType(), contentRange(range, file));
      heads.add(head.getBytes(StandardCharsets.US_ASCII));
      length += heads.getLast().length + range.length();
    }
    response.setContentType("multipart/byteranges; boundary=" + boundary);
    response.setContentLengthLong(length);
    OutputStream out = response.getOutputStream();
    for (int i = 0; i < ranges.size(); i++) {
      out.write(heads.get(i));
      bytes.copy(ranges.get(i).first(), ranges.get(i).length(), out);
    }
    out.write(tail);
  }

  private static void setDownloadHeaders(Item.File file, HttpServletResponse response) {
    response.setHeader("Content-Disposition", ContentDisposition.attachment(file.path().name()));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
  }

  private static String contentRange(ByteRange range, Item.File file) {
    return "bytes " + range.first() + "-" + range.last() + "/" + file.content().size();
  }
}
