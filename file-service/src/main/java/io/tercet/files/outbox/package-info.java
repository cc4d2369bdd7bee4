/// Events for chat-service, written in the transaction of the change (the outbox pattern), and the
/// thread that delivers them.
///
/// Never removes an event before chat-service has answered it.
///
/// Arrow: `upload`, `folder` → `outbox` → `chat`, `database`.
@NullMarked
package io.tercet.files.outbox;

import org.jspecify.annotations.NullMarked;
