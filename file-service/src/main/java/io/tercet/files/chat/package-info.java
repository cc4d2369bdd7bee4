/// The client of chat-service: memberships, sign-in, and events about files.
///
/// Never decides anything.
///
/// Arrow: `access`, `outbox`, `ftp` → `chat` → `identity`.
@NullMarked
package io.tercet.files.chat;

import org.jspecify.annotations.NullMarked;
