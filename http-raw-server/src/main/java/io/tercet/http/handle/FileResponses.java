package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.file.FileContent;
import io.tercet.http.file.RepresentationMetadata;
import io.tercet.http.message.Body;
import io.tercet.http.message.Body.Piece;
import io.tercet.http.message.Body.Region;
import io.tercet.http.message.Body.Text;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.negotiation.ByteRanges;
import io.tercet.http.negotiation.ContentCoding;
import io.tercet.http.negotiation.Preconditions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Answers a request for a file that was found: with the whole file, with parts of it, or with what
/// a condition demands.
final class FileResponses {
  private final Supplier<String> boundaries;

  /// @param boundaries makes the line between parts, long and random enough to be in no file
  FileResponses(Supplier<String> boundaries) {
    this.boundaries = boundaries;
  }

  /// The response, which owns the content.
  Response answer(Request request, RepresentationMetadata file, FileContent content) {
    return switch (Preconditions.check(request.headers(), file.validators())) {
      case NOT_MODIFIED -> {
        content.release();
        yield Response.empty(Status.NOT_MODIFIED, file.always());
      }
      case FAILED -> {
        content.release();
        yield FileProblem.CHANGED.response(Fields.of("ETag", file.validators().entityTag()));
      }
      case PROCEED -> send(request, file, content);
    };
  }

  private Response send(Request request, RepresentationMetadata file, FileContent content) {
    return switch (ranges(request, file)) {
      case ByteRanges.Whole() -> new Response(Status.OK, file.fields(), content.whole());
      case ByteRanges.Unsatisfiable() -> {
        content.release();
        yield FileProblem.OUTSIDE.response(Fields.of("Content-Range", "bytes */" + file.length()));
      }
      case ByteRanges.Parts(List<Region> regions) ->
          regions.size() == 1
              ? single(regions.getFirst(), file, content)
              : several(regions, file, content);
    };
  }

  /// A request for several parts of a compressed form gets the whole form. No field can say how one
  /// part within `multipart/byteranges` is coded, and Content-Encoding would describe all of it.
  private static ByteRanges forCoding(RepresentationMetadata file, ByteRanges ranges) {
    boolean severalParts = ranges instanceof ByteRanges.Parts(var regions) && regions.size() > 1;
    return severalParts && file.coding() != ContentCoding.PLAIN ? new ByteRanges.Whole() : ranges;
  }

  /// Range is defined for GET only (RFC 9110 §14.2).
  private static ByteRanges ranges(Request request, RepresentationMetadata file) {
    boolean counts =
        request.method().equals("GET")
            && !request.headers().areNothingButHost()
            && Preconditions.allowRange(request.headers(), file.validators());
    return counts
        ? forCoding(file, ByteRanges.parse(request.headers().joined("range"), file.length()))
        : new ByteRanges.Whole();
  }

  private static Response single(Region region, RepresentationMetadata file, FileContent content) {
    Fields fields = file.fields().with("Content-Range", contentRange(region, file));
    return new Response(Status.PARTIAL_CONTENT, fields, content.pieces(List.of(region)));
  }

  /// `multipart/byteranges` (RFC 9110 §14.6).
  private Response several(List<Region> regions, RepresentationMetadata file, FileContent content) {
    String boundary = boundaries.get();
    List<Piece> pieces = new ArrayList<>(2 * regions.size() + 1);
    for (Region region : regions) {
      String head =
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(boundary, file.mediaType(), contentRange(region, file));
      pieces.add(text(head));
      pieces.add(region);
    }
    pieces.add(text("\r\n--" + boundary + "--\r\n"));
    Fields fields =
        file.always().with("Content-Type", "multipart/byteranges; boundary=" + boundary);
    Body body = content.pieces(pieces);
    return new Response(Status.PARTIAL_CONTENT, fields, body);
  }

  private static Text text(String text) {
    return new Text(text.getBytes(ISO_8859_1));
  }

  private static String contentRange(Region region, RepresentationMetadata file) {
    long last = region.position() + region.length() - 1;
    return "bytes " + region.position() + "-" + last + "/" + file.length();
  }
}
