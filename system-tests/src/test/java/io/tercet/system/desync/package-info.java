/// The gateway and http-raw-server as two readers of one stream: they must agree on where each
/// request ends.
@NullMarked
package io.tercet.system.desync;

import org.jspecify.annotations.NullMarked;
