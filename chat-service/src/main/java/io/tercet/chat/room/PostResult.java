package io.tercet.chat.room;

import java.time.Instant;

/// The place of an entry that is durable. `repeated` means that the log had it before this call.
public record PostResult(long seq, Instant sentAt, boolean repeated) {}
