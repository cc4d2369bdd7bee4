package io.tercet.http.parse;

import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The parts of the first line of a request.
///
/// @param authority from an absolute or authority form; empty for the other forms
/// @param broken the rule it breaks, and then nothing else counts
record RequestLine(
    String method,
    String path,
    String query,
    String authority,
    Version version,
    @Nullable Rule broken) {
  private static final String HTTP = "http://";
  private static final byte[] GET = {'G', 'E', 'T'};

  /// Parses `bytes[from, to)`, the line without its CRLF and without control characters.
  static RequestLine parse(byte[] bytes, int from, int to) {
    int methodEnd = from;
    while (methodEnd < to && Octets.isToken(bytes[methodEnd])) {
      methodEnd++;
    }
    if (methodEnd == from || methodEnd == to || bytes[methodEnd] != ' ') {
      return broken(methodEnd == to ? Rule.REQUEST_LINE : Rule.METHOD);
    }
    int targetEnd = targetEnd(bytes, methodEnd + 1, to);
    if (targetEnd == to) {
      return broken(Rule.REQUEST_LINE);
    }
    if (targetEnd == methodEnd + 1 || bytes[targetEnd] != ' ') {
      return broken(bytes[targetEnd] == ' ' ? Rule.REQUEST_LINE : Rule.TARGET);
    }
    Rule versionRule = versionRule(bytes, targetEnd + 1, to);
    if (versionRule != null) {
      return broken(versionRule);
    }
    Version version = bytes[to - 1] == '0' ? Version.HTTP_1_0 : Version.HTTP_1_1;
    String method = method(bytes, from, methodEnd);
    String target = RequestParser.text(bytes, methodEnd + 1, targetEnd);
    return withTarget(method, target, version);
  }

  /// Most targets end at the first octet that no path may have. A query may have a few more.
  private static int targetEnd(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && Octets.isTarget(bytes[end])) {
      end++;
    }
    if (end < to && bytes[end] != ' ' && hasQuery(bytes, from, end)) {
      while (end < to && Octets.isQuery(bytes[end])) {
        end++;
      }
    }
    return end;
  }

  private static boolean hasQuery(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '?') {
        return true;
      }
    }
    return false;
  }

  /// The request that begins with it.
  Request request(String host, Headers headers) {
    return new Request(method, path, query, host, version, headers);
  }

  /// GET, which is the usual method, needs no new string.
  private static String method(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, GET, 0, GET.length)
        ? "GET"
        : RequestParser.text(bytes, from, to);
  }

  private static @Nullable Rule versionRule(byte[] bytes, int from, int to) {
    boolean shaped =
        to - from == 8
            && bytes[from] == 'H'
            && bytes[from + 1] == 'T'
            && bytes[from + 2] == 'T'
            && bytes[from + 3] == 'P'
            && bytes[from + 4] == '/'
            && Octets.isDigit(bytes[from + 5])
            && bytes[from + 6] == '.'
            && Octets.isDigit(bytes[from + 7]);
    if (!shaped) {
      return Rule.VERSION_MALFORMED;
    }
    return bytes[from + 5] == '1' ? null : Rule.VERSION_UNKNOWN;
  }

  private static RequestLine withTarget(String method, String target, Version version) {
    if (method.equals("CONNECT")) {
      return HostSyntax.isValid(target) && HostSyntax.namesPort(target)
          ? new RequestLine(method, "", "", target, version, null)
          : broken(Rule.TARGET);
    }
    if (target.charAt(0) == '/') {
      return withPath(method, target, "", version);
    }
    if (target.equals("*")) {
      return method.equals("OPTIONS")
          ? new RequestLine(method, "*", "", "", version, null)
          : broken(Rule.TARGET);
    }
    if (begins(target, "https://")) {
      return broken(Rule.SCHEME);
    }
    if (!begins(target, HTTP)) {
      return broken(Rule.TARGET);
    }
    int authorityFrom = HTTP.length();
    int authorityTo = authorityFrom;
    while (authorityTo < target.length() && "/?".indexOf(target.charAt(authorityTo)) < 0) {
      authorityTo++;
    }
    String authority = target.substring(authorityFrom, authorityTo);
    if (authority.isEmpty() || !HostSyntax.isValid(authority)) {
      return broken(Rule.TARGET);
    }
    String rest = target.substring(authorityTo);
    String path = rest.startsWith("/") ? rest : "/" + rest;
    return withPath(method, path, authority, version);
  }

  private static RequestLine withPath(
      String method, String pathAndQuery, String authority, Version version) {
    int mark = pathAndQuery.indexOf('?');
    if (mark < 0) {
      return new RequestLine(method, pathAndQuery, "", authority, version, null);
    }
    String path = pathAndQuery.substring(0, mark);
    return new RequestLine(
        method, path, pathAndQuery.substring(mark + 1), authority, version, null);
  }

  private static boolean begins(String target, String scheme) {
    return target.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static RequestLine broken(Rule rule) {
    return new RequestLine("", "", "", "", Version.HTTP_1_1, rule);
  }
}
