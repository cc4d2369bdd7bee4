package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.replicas.Participant.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The people of all rounds, and somebody who makes the rooms and says nothing.
final class Accounts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Replica replica;
  private final HttpClient http;
  private final List<Account> people = new ArrayList<>();
  private Account founder;

  Accounts(Replica replica, HttpClient http) {
    this.replica = replica;
    this.http = http;
  }

  void register(int count) throws Exception {
    founder = register("founder");
    for (int i = 0; i < count; i++) {
      people.add(register("person-" + i));
    }
  }

  List<Account> people() {
    return people;
  }

  /// Who made the rooms, and stays in them.
  Account founder() {
    return founder;
  }

  /// Makes public rooms, before anything goes wrong.
  List<String> createRooms(int count, String suffix, History history) throws Exception {
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String room =
          post("/api/rooms", founder.token(), Map.of("name", "room-" + i + "-" + suffix))
              .get("roomId")
              .stringValue();
      history.add(new Event.Member(founder.personId(), room, true));
      rooms.add(room);
    }
    return rooms;
  }

  private Account register(String name) throws Exception {
    Map<String, String> credentials = Map.of("name", name, "password", "a long password");
    String personId = post("/api/people", "", credentials).get("personId").stringValue();
    return new Account(
        personId, post("/api/session/token", "", credentials).get("token").stringValue());
  }

  private JsonNode post(String path, String token, Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.port() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(path + " " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
