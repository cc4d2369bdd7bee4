/// What is answered: files, parts of files, and whether a client has them already.
///
/// Nothing here sees bytes of the wire, a socket, or a clock of a connection.
@NullMarked
package io.tercet.http.handle;

import org.jspecify.annotations.NullMarked;
