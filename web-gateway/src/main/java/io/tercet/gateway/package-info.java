/// Starts web-gateway, the front door: `route` → `filter` → `identity`, `limit`, `host`; `filter`,
/// `limit` → `parse`.
///
/// `proxy` runs before all of them and knows none, and `connection` beside them.
/// Every package may use `problem`. The gateway stores no data, and no thread of it blocks.
@NullMarked
package io.tercet.gateway;

import org.jspecify.annotations.NullMarked;
