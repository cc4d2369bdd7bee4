/// Which address leads to which service: the whole routing table, in one file.
///
/// No header is read or changed here beyond the host and the path: that is `filter`'s work.
@NullMarked
package io.tercet.gateway.route;

import org.jspecify.annotations.NullMarked;
