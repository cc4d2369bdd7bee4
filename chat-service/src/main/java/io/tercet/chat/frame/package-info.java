/// The words of the WebSocket as values, their JSON, and nothing else: see contracts/chat. Never
/// here: a connection, a store or a decision.
@NullMarked
package io.tercet.chat.frame;

import org.jspecify.annotations.NullMarked;
