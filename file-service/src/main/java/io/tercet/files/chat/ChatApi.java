package io.tercet.files.chat;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/// The calls to chat-service, as contracts/internal.md lists them.
interface ChatApi {

  record SignInRequest(String name, String password, String clientAddress) {}

  record SignInResponse(PersonBody person) {}

  record PersonBody(UUID personId, String name, boolean guest) {}

  record Rooms(List<Room> rooms, @Nullable String next) {}

  record Room(UUID roomId, String name) {}

  record MembershipBody(boolean member, boolean creator) {}

  record RoomFile(UUID eventId, UUID personId, FileBody file) {}

  record FileBody(
      UUID fileId,
      @Nullable Integer version,
      String path,
      String name,
      long size,
      String sha256,
      String mediaType,
      @Nullable Integer width,
      @Nullable Integer height) {}

  record MessageFile(UUID personId, FileBody file) {}

  record RoomSite(UUID eventId, UUID personId, SiteBody site) {}

  record SiteBody(String site, String url, boolean published) {}

  record Written(long seq) {}

  @PostExchange("/internal/sign-in")
  SignInResponse signIn(@RequestBody SignInRequest body);

  @GetExchange("/internal/people/{personId}/rooms")
  Rooms rooms(@PathVariable UUID personId, @RequestParam(required = false) @Nullable String cursor);

  @GetExchange("/internal/rooms/{roomId}/members/{personId}")
  MembershipBody membership(@PathVariable UUID roomId, @PathVariable UUID personId);

  @PostExchange("/internal/rooms/{roomId}/files")
  Written addFile(@PathVariable UUID roomId, @RequestBody RoomFile body);

  @PostExchange("/internal/rooms/{roomId}/confirmed-files")
  void confirmFile(@PathVariable UUID roomId, @RequestBody MessageFile body);

  @PostExchange("/internal/rooms/{roomId}/sites")
  Written addSite(@PathVariable UUID roomId, @RequestBody RoomSite body);
}
