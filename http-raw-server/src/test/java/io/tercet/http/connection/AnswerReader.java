package io.tercet.http.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads responses as RFC 9112 §4 to §6 write them, and takes nothing else.
final class AnswerReader {
  private static final Pattern HEAD =
      Pattern.compile(
          "HTTP/1\\.1 ([1-5][0-9]{2}) [\\x20-\\x7e]*\r\n((?:[A-Za-z-]+: [\\x20-\\x7e]*\r\n)*)\r\n");

  private final String text;
  private final List<Answer> answers = new ArrayList<>();
  private int at;

  private AnswerReader(String text) {
    this.text = text;
  }

  /// @param methods of the requests, in order; an answer to HEAD has no body
  static List<Answer> read(String text, List<String> methods) {
    AnswerReader reader = new AnswerReader(text);
    while (reader.at < text.length()) {
      String method =
          reader.answers.size() < methods.size() ? methods.get(reader.answers.size()) : "none";
      reader.one(method);
    }
    return reader.answers;
  }

  private void one(String method) {
    Matcher head = HEAD.matcher(text).region(at, text.length());
    if (!head.lookingAt()) {
      throw new AssertionError("not a response at " + at + ": " + text);
    }
    at = head.end();
    int status = Integer.parseInt(head.group(1));
    List<String> lengths = values(head.group(2), "Content-Length");
    boolean bodiless = status < 200 || status == 204 || status == 304;
    if (lengths.size() != (bodiless ? 0 : 1)) {
      throw new AssertionError(status + " with lengths " + lengths + ": " + text);
    }
    if (status < 200) {
      if (status != 100 || !head.group(2).isEmpty()) {
        throw new AssertionError("an interim response with something to say: " + text);
      }
      return;
    }
    int length = bodiless || method.equals("HEAD") ? 0 : Integer.parseInt(lengths.getFirst());
    if (text.length() - at < length || values(head.group(2), "Date").size() != 1) {
      throw new AssertionError("cut off, or without one Date: " + text);
    }
    boolean close = values(head.group(2), "Connection").contains("close");
    answers.add(new Answer(status, close, text.substring(at, at + length)));
    at += length;
    if (close && at < text.length()) {
      throw new AssertionError("something after the last response: " + text);
    }
  }

  private static List<String> values(String fields, String name) {
    return fields
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .toList();
  }
}
