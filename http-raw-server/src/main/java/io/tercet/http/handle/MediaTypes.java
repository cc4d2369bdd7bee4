package io.tercet.http.handle;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Media types by the ending of a file's name. Source: the IANA registry; JavaScript by RFC 9239.
final class MediaTypes {
  private static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> BY_ENDING =
      """
      html text/html; charset=utf-8
      htm text/html; charset=utf-8
      css text/css; charset=utf-8
      js text/javascript; charset=utf-8
      mjs text/javascript; charset=utf-8
      json application/json
      map application/json
      jsonld application/ld+json
      webmanifest application/manifest+json
      wasm application/wasm
      xml application/xml
      xhtml application/xhtml+xml
      rss application/rss+xml
      atom application/atom+xml
      txt text/plain; charset=utf-8
      log text/plain; charset=utf-8
      md text/markdown; charset=utf-8
      csv text/csv; charset=utf-8
      tsv text/tab-separated-values; charset=utf-8
      ics text/calendar; charset=utf-8
      vcf text/vcard; charset=utf-8
      vtt text/vtt; charset=utf-8
      yaml application/yaml
      yml application/yaml
      toml application/toml
      svg image/svg+xml
      png image/png
      apng image/apng
      jpg image/jpeg
      jpeg image/jpeg
      gif image/gif
      webp image/webp
      avif image/avif
      bmp image/bmp
      ico image/vnd.microsoft.icon
      tif image/tiff
      tiff image/tiff
      woff font/woff
      woff2 font/woff2
      ttf font/ttf
      otf font/otf
      mp3 audio/mpeg
      m4a audio/mp4
      aac audio/aac
      ogg audio/ogg
      oga audio/ogg
      opus audio/ogg
      flac audio/flac
      wav audio/wav
      weba audio/webm
      mid audio/midi
      mp4 video/mp4
      m4v video/mp4
      webm video/webm
      ogv video/ogg
      mov video/quicktime
      mkv video/matroska
      avi video/vnd.avi
      m3u8 application/vnd.apple.mpegurl
      ts video/mp2t
      pdf application/pdf
      rtf application/rtf
      epub application/epub+zip
      zip application/zip
      gz application/gzip
      tgz application/gzip
      bz2 application/x-bzip2
      xz application/x-xz
      zst application/zstd
      7z application/x-7z-compressed
      tar application/x-tar
      jar application/java-archive
      doc application/msword
      docx application/vnd.openxmlformats-officedocument.wordprocessingml.document
      xls application/vnd.ms-excel
      xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
      ppt application/vnd.ms-powerpoint
      pptx application/vnd.openxmlformats-officedocument.presentationml.presentation
      odt application/vnd.oasis.opendocument.text
      ods application/vnd.oasis.opendocument.spreadsheet
      odp application/vnd.oasis.opendocument.presentation
      """
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  private MediaTypes() {}

  /// The type of a file of this name; bytes of any kind if the ending says nothing.
  static String of(String name) {
    int dot = name.lastIndexOf('.');
    String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot < 0 ? UNKNOWN : BY_ENDING.getOrDefault(ending, UNKNOWN);
  }
}
