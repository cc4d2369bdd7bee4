/// How often a person, or an address, may do something, over every door together. Never here: what
/// is done.
@NullMarked
package io.tercet.chat.rate;

import org.jspecify.annotations.NullMarked;
