/// The Valkey server or cluster that all replicas share. It holds nothing that may not be lost.
@NullMarked
package io.tercet.chat.valkey;

import org.jspecify.annotations.NullMarked;
