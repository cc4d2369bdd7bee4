package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Invitations over HTTP, and what sockets learn of them.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class InvitationsTest {

  @TempDir static Path folder;
  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat.db"));
    properties.add("tercet.invitations.from-one-inviter-max", () -> "3");
  }

  @Test
  void showTheRoomsNameAndTheInviterAndNothingElse() {
    ChatClient ada = person();
    ChatClient grace = person();
    String room = ada.createRoom(ChatServiceContract.name(), "private");
    String path = "/api/rooms/" + room;
    ada.post(path + "/messages", ChatServiceContract.message("c", "secret"));
    assertThat(invite(ada, room, grace)).isEqualTo(202);

    JsonNode invitation = body(grace.get("/api/invitations")).get("invitations").get(0);
    assertThat(invitation.propertyNames())
        .containsExactlyInAnyOrder("roomId", "roomName", "inviter", "invitedAt");
    assertThat(invitation.get("inviter").get("personId").stringValue()).isEqualTo(ada.personId());
    for (String hidden : List.of("", "/members", "/entries?after=0", "/messages?after=0")) {
      assertProblem(grace.get(path + hidden), 404, "room-not-found");
    }
    assertThat(grace.get("/api/rooms").body()).doesNotContain(room);
    assertThat(body(ada.get(path + "/members")).get("members").size()).isEqualTo(1);
    assertThat(invited(ada, room)).containsExactly(grace.personId());
    TestSocket socket = grace.socket();
    socket.subscribe(room, 0);
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("room-not-found");
    socket.close();
  }

  @Test
  void areAcceptedWithAnEntryOfTheLog() {
    ChatClient ada = person();
    ChatClient grace = person();
    String room = ada.createRoom(ChatServiceContract.name(), "private");
    invite(ada, room, grace);
    assertThat(grace.put(me(room)).statusCode()).isEqualTo(204);
    assertThat(grace.put(me(room)).statusCode()).isEqualTo(204);
    assertThat(invitations(grace)).isZero();
    assertThat(invited(ada, room)).isEmpty();
    JsonNode entries = body(ada.get("/api/rooms/" + room + "/entries?after=1")).get("entries");
    assertThat(entries.size()).isEqualTo(1);
    assertThat(entries.get(0).get("personId").stringValue()).isEqualTo(grace.personId());
    assertThat(invite(ada, room, grace)).as("a member needs none").isEqualTo(204);
  }

  @Test
  void areDeclinedOrWithdrawnWithoutOne() {
    ChatClient ada = person();
    ChatClient grace = person();
    String room = ada.createRoom(ChatServiceContract.name(), "private");
    invite(ada, room, grace);
    assertThat(grace.delete(me(room)).statusCode()).isEqualTo(204);
    assertProblem(grace.put(me(room)), 404, "room-not-found");
    assertProblem(grace.delete(me(room)), 404, "room-not-found");

    invite(ada, room, grace);
    assertThat(ada.delete("/api/rooms/" + room + "/members/" + grace.personId()).statusCode())
        .isEqualTo(204);
    assertProblem(grace.put(me(room)), 404, "room-not-found");
    assertThat(body(ada.get("/api/rooms/" + room)).get("lastSeq").longValue()).isEqualTo(1);
  }

  @Test
  void ofABlockedPersonAreRefused() {
    ChatClient ada = person();
    ChatClient grace = person();
    String room = ada.createRoom(ChatServiceContract.name(), "private");
    invite(ada, room, grace);
    String blocked = "/api/invitations/blocked/" + ada.personId();
    assertThat(grace.put(blocked).statusCode()).isEqualTo(204);
    assertThat(invitations(grace)).isZero();
    assertThat(grace.get("/api/invitations/blocked").body()).contains(ada.personId());
    assertProblem(
        ada.put("/api/rooms/" + room + "/members/" + grace.personId()), 403, "invitations-blocked");

    assertThat(grace.delete(blocked).statusCode()).isEqualTo(204);
    assertThat(invite(ada, room, grace)).isEqualTo(202);
    assertProblem(
        grace.put("/api/invitations/blocked/" + UUID.randomUUID()), 404, "person-not-found");
  }

  @Test
  void ofOnePersonWithManyRoomsAreFew() {
    ChatClient ada = person();
    ChatClient grace = person();
    for (int i = 0; i < 3; i++) {
      invite(ada, ada.createRoom(ChatServiceContract.name(), "private"), grace);
    }
    String fourth = ada.createRoom(ChatServiceContract.name(), "private");
    assertProblem(
        ada.put("/api/rooms/" + fourth + "/members/" + grace.personId()),
        409,
        "too-many-invitations");
    assertThat(invitations(grace)).isEqualTo(3);
  }

  @Test
  void areToldToOpenSocketsOfBoth() {
    ChatClient ada = person();
    ChatClient grace = person();
    String room = ada.createRoom(ChatServiceContract.name(), "private");
    TestSocket hers = grace.socket();
    hers.next("welcome");
    TestSocket inviters = ada.socket();
    inviters.next("welcome");
    invite(ada, room, grace);
    hers.next("rooms-changed");
    grace.delete(me(room));
    hers.next("rooms-changed");
    inviters.next("rooms-changed");
    hers.close();
    inviters.close();
  }

  private ChatClient person() {
    return ChatClient.register(port, ChatServiceContract.name());
  }

  private static int invite(ChatClient inviter, String room, ChatClient invited) {
    return inviter.put("/api/rooms/" + room + "/members/" + invited.personId()).statusCode();
  }

  private static List<String> invited(ChatClient inviter, String room) {
    return body(inviter.get("/api/rooms/" + room + "/invitations"))
        .get("invited")
        .valueStream()
        .map(person -> person.get("personId").stringValue())
        .toList();
  }

  private static int invitations(ChatClient person) {
    return body(person.get("/api/invitations")).get("invitations").size();
  }

  private static String me(String room) {
    return "/api/rooms/" + room + "/members/me";
  }
}
