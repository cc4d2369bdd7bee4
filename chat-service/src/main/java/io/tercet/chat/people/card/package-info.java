/// Cards of people: display name, picture, status, time zone, who sees them, and who is found. Never
/// here: an HTTP request, a socket.
@NullMarked
package io.tercet.chat.people.card;

import org.jspecify.annotations.NullMarked;
