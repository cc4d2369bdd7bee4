/// Cards of people over HTTP.
@NullMarked
package io.tercet.chat.rest.card;

import org.jspecify.annotations.NullMarked;
