/// Tells people on all their devices up to where they have read.
@NullMarked
package io.tercet.chat.delivery.reading;

import org.jspecify.annotations.NullMarked;
