/// Sizes, timeouts and numbers of connections of the gateway, and the HTTP server that keeps them.
///
/// No rule about who may do what lives here.
@NullMarked
package io.tercet.gateway.limit;

import org.jspecify.annotations.NullMarked;
