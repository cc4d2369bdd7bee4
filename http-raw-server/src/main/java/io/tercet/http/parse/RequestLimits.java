package io.tercet.http.parse;

/// How large a request may be.
///
/// @param requestLineBytesMax length of the request line without its CRLF; past it 414
/// @param headerBytesMax length of all header lines together, CRLFs included; past it 431. Trailers
///     too
/// @param headerCountMax number of header fields; past it 431. Trailers too
/// @param bodyBytesMax length of a body; past it 413. A handler may set a lower limit
/// @param chunkLineBytesMax length of a chunk's size line with its extensions, without its CRLF;
///     past it 400
public record RequestLimits(
    int requestLineBytesMax,
    int headerBytesMax,
    int headerCountMax,
    long bodyBytesMax,
    int chunkLineBytesMax) {

  /// 8 KiB, 32 KiB, 100 fields, 1 MiB, 256 bytes.
  public static final RequestLimits DEFAULT =
      new RequestLimits(8 * 1024, 32 * 1024, 100, 1024 * 1024, 256);

  /// Rejects limits that no request could keep.
  public RequestLimits {
    if (requestLineBytesMax < 16 || headerBytesMax < 16 || headerCountMax < 1) {
      throw new IllegalArgumentException("limits below any request");
    }
    if (bodyBytesMax < 0 || chunkLineBytesMax < 8) {
      throw new IllegalArgumentException("limits below any body");
    }
  }
}
