/// Other servers built on this one, as somebody who embeds it would write them.
///
/// Nothing here looks behind what is public.
@NullMarked
package io.tercet.http.example;

import org.jspecify.annotations.NullMarked;
