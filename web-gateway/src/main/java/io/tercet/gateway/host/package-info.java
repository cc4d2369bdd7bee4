/// The names under which the gateway answers, and the host that a request names.
///
/// Arrow: `route`, `filter` → `host`. Its filter runs behind `proxy`, which knows what the client
/// wrote.
@NullMarked
package io.tercet.gateway.host;

import org.jspecify.annotations.NullMarked;
