package io.tercet.files.ftp.command;

import io.tercet.files.catalog.Item;
import io.tercet.files.ftp.view.CatalogFtpFile;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The facts that `MLST` and `MLSD` tell of a file or folder, and the times of FTP.
///
/// - Source: RFC 3659 §2.3, §7.
enum Facts {
  TYPE,
  SIZE,
  MODIFY,
  PERM,
  UNIQUE;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuuMMddHHmmss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  String title() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  static Set<Facts> all() {
    return EnumSet.allOf(Facts.class);
  }

  /// Those of a list such as `Type;Size;` that there are.
  static Set<Facts> named(String list) {
    Set<String> names =
        Stream.of(list.split(";"))
            .map(it -> it.toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return Stream.of(values())
        .filter(fact -> names.contains(fact.name()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Facts.class)));
  }

  /// The facts and the name, as one line without its end.
  static String line(Set<Facts> wanted, CatalogFtpFile file, String name) {
    StringBuilder line = new StringBuilder();
    for (Facts fact : wanted) {
      String value = fact.of(file);
      if (!value.isEmpty()) {
        line.append(fact.title()).append('=').append(value).append(';');
      }
    }
    return line.append(' ').append(name).toString();
  }

  private String of(CatalogFtpFile file) {
    Item item = file.item();
    return switch (this) {
      case TYPE -> file.isDirectory() ? "dir" : "file";
      case SIZE -> file.isDirectory() ? "" : String.valueOf(file.getSize());
      case MODIFY -> item == null ? "" : time(item.modifiedAt());
      case PERM -> permissions(file);
      case UNIQUE -> item == null ? "" : item.fileId().toString();
    };
  }

  // What may be tried, as RFC 3659 §7.5.5 says: append, delete, rename, read, write; enter, list,
  // make files and folders in it.
  private static String permissions(CatalogFtpFile file) {
    if (!file.isDirectory()) {
      return "adfrw";
    }
    String inside = file.isWritable() ? "celm" : "el";
    return file.isRemovable() ? inside + "df" : inside;
  }

  static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  /// - Errors: [java.time.DateTimeException] for a text that is no time.
  static Instant time(String text) {
    return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
  }
}
