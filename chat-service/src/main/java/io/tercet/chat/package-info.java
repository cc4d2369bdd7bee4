@NullMarked
package io.tercet.chat;

import org.jspecify.annotations.NullMarked;
