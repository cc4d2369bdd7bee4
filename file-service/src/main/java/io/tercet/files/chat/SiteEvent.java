package io.tercet.files.chat;

import java.util.UUID;

/// A site shows a folder of a room from now on, or does so no more. It is sent until chat-service
/// has answered, with one `eventId`.
public record SiteEvent(
    UUID eventId, UUID roomId, UUID personId, String site, String url, boolean published) {}
