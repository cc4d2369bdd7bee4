/// Handlers: static files, folder listings, error pages, virtual hosts.
///
/// Nothing here sees bytes of the wire, a socket, or a clock of a connection.
@NullMarked
package io.tercet.http.handle;

import org.jspecify.annotations.NullMarked;
