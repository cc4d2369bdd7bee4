/// Values: requests, responses, and the parts that they are made of.
///
/// Fields stay the bytes that they are on the wire, so that nothing is decoded or encoded in vain.
/// Nothing here reads from a connection or writes to one, knows a file system, or starts a thread.
@NullMarked
package io.tercet.http.message;

import org.jspecify.annotations.NullMarked;
