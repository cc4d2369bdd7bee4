package io.tercet.http.handle;

import io.tercet.http.message.Fields;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Response;

/// Why a well-formed request gets no file: what is wrong, which section of an RFC says so, and the
/// sentence that the client is told.
enum FileProblem {
  PERCENT_SIGN("RFC 3986 §2.1", "a percent sign wants two hexadecimal digits behind it"),
  CODED_SLASH("RFC 3986 §2.2", "a coded slash is no part of a name"),
  NOT_UTF_8("RFC 3986 §2.5", "the names of a path are UTF-8"),
  CONTROL_CHARACTER("RFC 3986 §7.3", "a path has no control characters, and no NUL"),
  EMPTY_NAME("RFC 3986 §3.3", "a path has names between single slashes"),
  DOT_NAME("RFC 3986 §5.2.4", "a client resolves . and .. before it sends a path"),
  READ_ONLY(
      ProblemType.METHOD_NOT_ALLOWED, "RFC 9110 §15.5.6", "files can only be read: GET, HEAD"),
  NO_FORM(
      ProblemType.NOT_ACCEPTABLE,
      "RFC 9110 §12.5.3",
      "Accept-Encoding refuses every form of this file; identity is always there"),
  CHANGED(
      ProblemType.PRECONDITION_FAILED,
      "RFC 9110 §13.1",
      "the file is not what If-Match or If-Unmodified-Since expects"),
  OUTSIDE(ProblemType.INVALID_RANGE, "RFC 9110 §15.5.17", "no range lies in the file");

  private final ProblemType problem;
  private final String section;
  private final String sentence;

  FileProblem(String section, String sentence) {
    this(ProblemType.INVALID_PATH, section, sentence);
  }

  FileProblem(ProblemType problem, String section, String sentence) {
    this.problem = problem;
    this.section = section;
    this.sentence = sentence;
  }

  /// The section that says so.
  String section() {
    return section;
  }

  /// The response for the client.
  Response response() {
    return response(Fields.NONE);
  }

  /// The response for the client, with more fields.
  Response response(Fields more) {
    return problem.response(sentence + " (" + section + ")", more);
  }
}
