package io.tercet.files.http;

import io.tercet.files.catalog.Item;
import io.tercet.files.download.ByteRange;
import io.tercet.files.download.Downloads;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Sends a file, or the ranges that a client asks for, without loading it into memory.
///
/// Every answer is an attachment, and a browser must neither sniff nor run it: an uploaded file
/// never becomes a page of our origin.
@Component
@EnableConfigurationProperties(HttpSettings.class)
class FileResponse {
  private final Downloads downloads;
  private final HttpSettings settings;
  private final Supplier<UUID> newIds;

  FileResponse(Downloads downloads, HttpSettings settings, Supplier<UUID> newIds) {
    this.downloads = downloads;
    this.settings = settings;
    this.newIds = newIds;
  }

  void send(Item.File file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ConditionalRequest.Outcome outcome =
        ConditionalRequest.evaluate(request, file, settings.rangesMax());
    response.setHeader("ETag", file.etag());
    response.setHeader("Last-Modified", ConditionalRequest.httpDate(file.modifiedAt()));
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
      case ConditionalRequest.Outcome.Whole _ -> whole(file, request, response);
      case ConditionalRequest.Outcome.Partial(List<ByteRange> ranges) ->
          partial(file, ranges, response);
    }
  }

  private void whole(Item.File file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    setDownloadHeaders(file, response);
    response.setContentType(file.content().mediaType());
    response.setContentLengthLong(file.content().size());
    if (!request.getMethod().equals("HEAD") && file.content().size() > 0) {
      downloads.copy(file.content(), 0, file.content().size(), response.getOutputStream());
    }
  }

  private void partial(Item.File file, List<ByteRange> ranges, HttpServletResponse response)
      throws IOException {
    setDownloadHeaders(file, response);
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    if (ranges.size() == 1) {
      ByteRange range = ranges.getFirst();
      response.setContentType(file.content().mediaType());
      response.setHeader("Content-Range", contentRange(range, file));
      response.setContentLengthLong(range.length());
      downloads.copy(file.content(), range.first(), range.length(), response.getOutputStream());
    } else {
      multipart(file, ranges, response);
    }
  }

  /// Source: RFC 9110 §14.6.
  private void multipart(Item.File file, List<ByteRange> ranges, HttpServletResponse response)
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
      downloads.copy(file.content(), ranges.get(i).first(), ranges.get(i).length(), out);
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
