/// Whom messages mention: what a text has behind each `@`, and who is present.
///
/// Talks to: `people` for names, `text` for scripts, `log` for ids. Who of the named people is a
/// member is decided in the transaction of the log.
@NullMarked
package io.tercet.chat.room.mention;

import org.jspecify.annotations.NullMarked;
