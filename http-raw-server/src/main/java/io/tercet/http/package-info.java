/// http-raw-server, put together: what is started, in which order, and how it stops.
///
/// The only package that knows all the others; it has no logic of theirs.
@NullMarked
package io.tercet.http;

import org.jspecify.annotations.NullMarked;
