package io.tercet.chat.room.sql.message;

import io.tercet.chat.log.FileReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Files as JSON, for a column of text. Immutable.
public final class FilesJson {

  private static final TypeReference<List<FileReference>> FILES = new TypeReference<>() {};

  private final JsonMapper json;

  public FilesJson(JsonMapper json) {
    this.json = json;
  }

  /// The files of a message whose column this is.
  public List<FileReference> readAll(@Nullable String column) {
    return column == null ? List.of() : json.readValue(column, FILES);
  }

  /// The column of a message with these files; null without any.
  public @Nullable String writeAll(List<FileReference> files) {
    return files.isEmpty() ? null : json.writeValueAsString(files);
  }

  FileReference read(String column) {
    return json.readValue(column, FileReference.class);
  }

  String write(FileReference file) {
    return json.writeValueAsString(file);
  }
}
