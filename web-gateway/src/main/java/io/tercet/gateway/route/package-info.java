/// The routing table: which host and path leads to which service, through which filters.
///
/// Routes look at host and path only; filters read and change headers.
///
/// Arrow: `route` → `filter`, `limit`.
@NullMarked
package io.tercet.gateway.route;

import org.jspecify.annotations.NullMarked;
