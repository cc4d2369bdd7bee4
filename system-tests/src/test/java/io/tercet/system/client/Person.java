package io.tercet.system.client;

import io.tercet.system.stack.Stack;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Somebody who has entered, with the session cookie that a browser would hold.
public record Person(Stack stack, String personId, String name, String cookie) {

  /// Long enough for everybody here.
  public static final String PASSWORD = "correct horse battery";

  /// Enters with a name alone; the name gets a fresh ending.
  public static Person guest(Stack stack, String name) {
    return enter(stack, "/api/session", Map.of("name", Fresh.name(name)));
  }

  /// Registers with [#PASSWORD]; the name gets a fresh ending.
  public static Person registered(Stack stack, String name) {
    return enter(stack, "/api/people", Map.of("name", Fresh.name(name), "password", PASSWORD));
  }

  private static Person enter(Stack stack, String path, Map<String, String> body) {
    Answer answer = Caller.stranger(stack).post(path, body).expect(201);
    JsonNode person = answer.json();
    String cookie = answer.header("Set-Cookie").replaceAll(";.*", "");
    return new Person(
        stack, person.path("personId").asString(), person.path("name").asString(), cookie);
  }

  /// The person in a browser: cookie and our own origin.
  public Caller browser() {
    return Caller.stranger(stack).with("Cookie", cookie).with("Origin", stack.origin().toString());
  }

  /// The person's program: a token that lives five minutes.
  public Caller program() {
    return Caller.stranger(stack).with("Authorization", "Bearer " + token());
  }

  /// A new token.
  public String token() {
    return browser()
        .post("/api/session/token", Map.of())
        .expect(200)
        .json()
        .path("token")
        .asString();
  }

  /// Makes a public room with a fresh name.
  ///
  /// @return its roomId
  public String createsRoom(String name) {
    return createsRoom(name, "public");
  }

  /// Makes a room with a fresh name.
  ///
  /// @return its roomId
  public String createsRoom(String name, String visibility) {
    Map<String, String> room = Map.of("name", Fresh.name(name), "visibility", visibility);
    return browser().post("/api/rooms", room).expect(201).json().path("roomId").asString();
  }

  /// Joins a public room.
  public void joins(String roomId) {
    browser().send("PUT", membership(roomId), BodyPublishers.noBody()).expect(204);
  }

  /// Leaves a room.
  public void leaves(String roomId) {
    browser().delete(membership(roomId)).expect(204);
  }

  /// Reads a room's log over HTTP, from its beginning to its end.
  public List<JsonNode> readsLog(String roomId) {
    List<JsonNode> entries = new ArrayList<>();
    boolean more = true;
    while (more) {
      long after = entries.isEmpty() ? 0 : entries.getLast().path("seq").asLong();
      String page = "/api/rooms/" + roomId + "/entries?limit=200&after=" + after;
      JsonNode answer = browser().get(page).expect(200).json();
      answer.path("entries").forEach(entries::add);
      more = answer.path("more").asBoolean();
    }
    return entries;
  }

  private static String membership(String roomId) {
    return "/api/rooms/" + roomId + "/members/me";
  }
}
