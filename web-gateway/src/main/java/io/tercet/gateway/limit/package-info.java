/// How much of everything: sizes and waits of the front door, and the server built to them.
///
/// No rule about who may do what lives here.
@NullMarked
package io.tercet.gateway.limit;

import org.jspecify.annotations.NullMarked;
