/// Which replicas of this service run now, as Valkey heard from them. Never here: what a replica
/// does.
@NullMarked
package io.tercet.chat.replica;

import org.jspecify.annotations.NullMarked;
