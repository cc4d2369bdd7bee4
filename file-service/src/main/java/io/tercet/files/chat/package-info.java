/// The client of chat-service: memberships, sign-in, and events about files and sites.
///
/// Never decides anything.
///
/// Arrow: `access`, `outbox`, `site`, `ftp` → `chat` → `identity`.
@NullMarked
package io.tercet.files.chat;

import org.jspecify.annotations.NullMarked;
