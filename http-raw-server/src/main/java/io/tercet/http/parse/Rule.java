package io.tercet.http.parse;

import io.tercet.http.message.ProblemType;

/// Why a request was rejected: the rule that it broke, the section of an RFC, and the sentence for
/// the client.
///
/// Most rules are strict where two readers could read a boundary, the host or the length of a
/// message in two ways. The others are about time, memory and the end of a connection. Why:
/// docs/adr/0007.
public enum Rule {
  BARE_LF("RFC 9112 §2.2", "a line ends with LF alone"),
  BARE_CR("RFC 9112 §2.2", "a CR without LF"),
  REQUEST_LINE("RFC 9112 §3", "the request line is not METHOD SP TARGET SP VERSION"),
  METHOD("RFC 9112 §3.1", "the method is not a token"),
  TARGET("RFC 9112 §3.2", "the request target is not one of the four forms"),
  SCHEME("RFC 9110 §7.4", "https is asked for without TLS; send the path alone"),
  VERSION_MALFORMED("RFC 9112 §2.3", "the version is not HTTP/DIGIT.DIGIT"),
  VERSION_UNKNOWN(ProblemType.VERSION_NOT_SUPPORTED, "RFC 9110 §15.6.6", "only HTTP/1.x is spoken"),
  REQUEST_LINE_TOO_LONG(ProblemType.TARGET_TOO_LONG, "RFC 9112 §3", "the request line is too long"),
  SPACE_BEFORE_FIRST_FIELD("RFC 9112 §2.2", "white space before the first header field"),
  OBSOLETE_FOLDING("RFC 9112 §5.2", "a header field is folded over lines"),
  SPACE_BEFORE_COLON("RFC 9112 §5.1", "white space between a field name and its colon"),
  FIELD_NAME("RFC 9110 §5.1", "a field name is not a token"),
  FIELD_VALUE("RFC 9110 §5.5", "a field value has a control character"),
  TOO_MANY_FIELDS(ProblemType.HEADERS_TOO_LARGE, "RFC 6585 §5", "too many header fields"),
  FIELDS_TOO_LARGE(ProblemType.HEADERS_TOO_LARGE, "RFC 6585 §5", "the header fields are too long"),
  HOST_MISSING("RFC 9112 §3.2", "HTTP/1.1 without a Host field"),
  HOST_REPEATED("RFC 9112 §3.2", "more than one Host field"),
  HOST_INVALID("RFC 9112 §3.2", "the host is not a host with an optional port"),
  HOST_CONTRADICTED("RFC 9112 §3.2.2", "the target names another host than the Host field"),
  LENGTH_REPEATED("RFC 9112 §6.3", "more than one Content-Length"),
  LENGTH_INVALID("RFC 9112 §6.3", "Content-Length is not a decimal number"),
  LENGTH_AND_CODING("RFC 9112 §6.1", "both Content-Length and Transfer-Encoding"),
  CODING_IN_1_0("RFC 9112 §6.1", "Transfer-Encoding in HTTP/1.0"),
  CODING_REPEATED("RFC 9112 §6.1", "more than one Transfer-Encoding, or chunked more than once"),
  CODING_NOT_LAST("RFC 9112 §6.3", "chunked is not the last transfer coding"),
  CODING_UNKNOWN(ProblemType.NOT_IMPLEMENTED, "RFC 9112 §6.1", "only chunked is understood"),
  EXPECTATION_UNKNOWN(
      ProblemType.EXPECTATION_FAILED, "RFC 9110 §10.1.1", "only 100-continue is understood"),
  BODY_TOO_LARGE(ProblemType.TOO_LARGE, "RFC 9110 §15.5.14", "the body is too large"),
  CHUNK_SIZE("RFC 9112 §7.1", "a chunk size is too long or no hexadecimal number"),
  CHUNK_EXTENSION("RFC 9112 §7.1.1", "a chunk extension is malformed or too long"),
  CHUNK_END("RFC 9112 §7.1", "a chunk does not end with CRLF"),
  TRAILER("RFC 9112 §7.1.2", "a trailer field is malformed"),
  HEADER_TIMEOUT(ProblemType.REQUEST_TIMEOUT, "RFC 9110 §15.5.9", "the head took too long"),
  BODY_TIMEOUT(ProblemType.REQUEST_TIMEOUT, "RFC 9110 §15.5.9", "the body took too long"),
  BODY_TOO_SLOW(
      ProblemType.REQUEST_TIMEOUT, "RFC 9110 §15.5.9", "the body comes too slowly; send it faster"),
  CUT_OFF("RFC 9112 §8", "the connection ended inside a request"),
  PROXY_HEADER("PROXY protocol §2.2", "a proxy's connection does not begin with its header"),
  TOO_MANY_CONNECTIONS(
      ProblemType.OVERLOADED, "RFC 9110 §15.6.4", "too many connections; try again soon"),
  TOO_MUCH_UNFINISHED(
      ProblemType.OVERLOADED, "RFC 9110 §15.6.4", "too much is unfinished; try again soon"),
  TOO_MANY_OF_ONE_CLIENT(
      ProblemType.TOO_MANY_CONNECTIONS, "RFC 6585 §4", "close some of your connections first");

  private final ProblemType problem;
  private final String section;
  private final String sentence;

  Rule(String section, String sentence) {
    this(ProblemType.INVALID_REQUEST, section, sentence);
  }

  Rule(ProblemType problem, String section, String sentence) {
    this.problem = problem;
    this.section = section;
    this.sentence = sentence;
  }

  /// The problem type that the client is told.
  public ProblemType problem() {
    return problem;
  }

  /// The section that has the rule.
  public String section() {
    return section;
  }

  /// What is wrong, for the client.
  public String detail() {
    return sentence + " (" + section + ")";
  }
}
