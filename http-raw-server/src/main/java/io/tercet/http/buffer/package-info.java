/// What a conversation reads into and sends from, and the memory that unfinished work may take.
///
/// Buffers are lent for one turn; between turns a connection keeps only what is unfinished, and
/// [MemoryBudget] bounds that over all connections. Nothing here knows what the bytes mean.
@NullMarked
package io.tercet.http.buffer;

import org.jspecify.annotations.NullMarked;
