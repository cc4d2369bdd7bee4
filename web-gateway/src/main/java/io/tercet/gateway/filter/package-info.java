/// The filters that a route can name: each changes or refuses a request, or changes its answer.
///
/// A filter never knows its routes: `route` decides which filters a route has.
///
/// Arrow: `route` → `filter` → its packages → `identity`, `limit`.
@NullMarked
package io.tercet.gateway.filter;

import org.jspecify.annotations.NullMarked;
