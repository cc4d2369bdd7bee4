/// The problems that the gateway itself answers with, and how it writes them (RFC 9457).
///
/// Problems of the services pass through unchanged and are not listed here.
@NullMarked
package io.tercet.gateway.problem;

import org.jspecify.annotations.NullMarked;
