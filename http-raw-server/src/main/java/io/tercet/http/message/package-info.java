/// What was said: requests, responses and the parts they are made of, as values.
///
/// Fields are kept as the bytes that they are on the wire, so that they are neither decoded nor
/// encoded for nothing. Nothing here reads from a connection or writes to one, knows a file system,
/// or starts a thread.
@NullMarked
package io.tercet.http.message;

import org.jspecify.annotations.NullMarked;
