/// What chat-service must still be told, written with the change that it tells of.
///
/// Never forgets an event before chat-service has answered for good.
///
/// Arrow: `upload`, `folder` → `outbox` → `chat`, `database`.
@NullMarked
package io.tercet.files.outbox;

import org.jspecify.annotations.NullMarked;
