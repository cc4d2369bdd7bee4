/// How connections of clients end: when a client has sent all that it will send, and when the
/// gateway stops.
///
/// Arrow: nothing calls `connection` but the server; it uses no other package.
@NullMarked
package io.tercet.gateway.connection;

import org.jspecify.annotations.NullMarked;
