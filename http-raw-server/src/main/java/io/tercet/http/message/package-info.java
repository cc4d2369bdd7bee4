/// What was said: requests, responses and the parts they are made of, as values.
///
/// Nothing here reads or writes bytes of the wire, knows a file system, or starts a thread.
@NullMarked
package io.tercet.http.message;

import org.jspecify.annotations.NullMarked;
