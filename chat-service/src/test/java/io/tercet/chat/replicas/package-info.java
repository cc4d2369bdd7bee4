/// Several chat-services on one PostgreSQL and one Valkey, while these and the services themselves
/// end, stop and are cut off. Never here: the rules that must hold; those are in `history`.
@NullMarked
package io.tercet.chat.replicas;

import org.jspecify.annotations.NullMarked;
