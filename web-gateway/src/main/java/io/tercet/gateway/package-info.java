/// Starts web-gateway, the front door: `route` → `filter` → `identity`, `limit`.
///
/// Rooms below may use `problem`, which says what went wrong; nothing here keeps data or blocks.
@NullMarked
package io.tercet.gateway;

import org.jspecify.annotations.NullMarked;
