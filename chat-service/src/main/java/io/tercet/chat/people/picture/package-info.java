/// Makes the picture of a person from a file that somebody sent. Never here: where it is kept.
@NullMarked
package io.tercet.chat.people.picture;

import org.jspecify.annotations.NullMarked;
