package io.tercet.chat.frame;

import io.tercet.chat.log.FileReference;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads which files a new message has, in a frame or in the body of a request. Source:
/// contracts/chat/frames.md.
public final class FileIds {

  /// Most files of one message.
  private static final int FILES_MAX = 10;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private FileIds() {}

  /// Reads the member `files`; none if it is absent. Throws a problem of the type given.
  public static List<FileReference.Id> read(@Nullable JsonNode files, ProblemType wrong) {
    if (files == null || files.isNull()) {
      return List.of();
    }
    if (!files.isArray() || files.size() > FILES_MAX) {
      throw new ProblemException(wrong, "files is a list of at most " + FILES_MAX + " files.");
    }
    List<FileReference.Id> ids = new ArrayList<>();
    files.forEach(file -> ids.add(id(file, wrong)));
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new ProblemException(wrong, "A message has each file once.");
    }
    return List.copyOf(ids);
  }

  private static FileReference.Id id(JsonNode file, ProblemType wrong) {
    JsonNode fileId = file.path("fileId");
    JsonNode version = file.path("version");
    if (!fileId.isString()
        || !UUID.matcher(fileId.stringValue()).matches()
        || !version.isIntegralNumber()
        || !version.canConvertToInt()) {
      throw new ProblemException(
          wrong, "A file has a fileId and a version, as the answer to its upload says them.");
    }
    return new FileReference.Id(fileId.stringValue(), version.intValue());
  }
}
