/// What is done to a request on its way in and to an answer on its way out, one rule per file.
///
/// No rule knows a route: `route` decides which rules stand in whose way.
@NullMarked
package io.tercet.gateway.filter;

import org.jspecify.annotations.NullMarked;
