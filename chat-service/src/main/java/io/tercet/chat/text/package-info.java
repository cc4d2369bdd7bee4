/// Text as Unicode has it: emoji, what shows, and the words of a name. Never here: a rule of one kind
/// of text. Every other package may use it.
@NullMarked
package io.tercet.chat.text;

import org.jspecify.annotations.NullMarked;
