/// What the gateway itself can answer when something is wrong, and how that is written.
///
/// Problems of the services pass through untouched and are not listed here.
@NullMarked
package io.tercet.gateway.problem;

import org.jspecify.annotations.NullMarked;
