/// Tells sockets of changed cards.
@NullMarked
package io.tercet.chat.delivery.card;

import org.jspecify.annotations.NullMarked;
