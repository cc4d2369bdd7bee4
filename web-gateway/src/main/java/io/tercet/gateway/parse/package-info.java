/// The syntax of HTTP/1.1 and of WebSocket frames: reads requests as strictly as http-raw-server
/// does, so that no reader behind the gateway can read one in another way.
///
/// Arrow: `limit`, `filter` → `parse`.
@NullMarked
package io.tercet.gateway.parse;

import org.jspecify.annotations.NullMarked;
