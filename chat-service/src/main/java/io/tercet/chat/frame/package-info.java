/// The frames of the WebSocket as values, and their JSON: contracts/chat. Never here: a connection,
/// a store or a decision.
@NullMarked
package io.tercet.chat.frame;

import org.jspecify.annotations.NullMarked;
