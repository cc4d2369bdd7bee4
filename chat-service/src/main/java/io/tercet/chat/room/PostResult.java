package io.tercet.chat.room;

import java.time.Instant;

/// A message is durable at this place of the log; `repeated` if it was there before this call.
public record PostResult(long seq, Instant sentAt, boolean repeated) {}
