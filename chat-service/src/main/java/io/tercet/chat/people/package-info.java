/// Who somebody is: names, passwords, guests, sessions, and the limits on guessing. Never here: a
/// room, a socket or an HTTP request. Everything else may use its values.
@NullMarked
package io.tercet.chat.people;

import org.jspecify.annotations.NullMarked;
