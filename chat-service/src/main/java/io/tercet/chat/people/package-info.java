/// People: names, passwords, guests, and the limit on guessing passwords. Never here: a room, a
/// session or an HTTP request. Every other package may use its values.
@NullMarked
package io.tercet.chat.people;

import org.jspecify.annotations.NullMarked;
