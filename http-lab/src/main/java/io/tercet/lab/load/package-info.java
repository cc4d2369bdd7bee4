/// The load generator: it makes requests on many connections at once and counts what comes back.
///
/// It must never start a server. All its connections end when it is stopped.
@NullMarked
package io.tercet.lab.load;

import org.jspecify.annotations.NullMarked;
