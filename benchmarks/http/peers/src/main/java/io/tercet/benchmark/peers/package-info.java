/// Servers of files on other people's libraries, as their documentation builds them, tuned for this
/// load. They are measured beside http-raw-server and used for nothing else.
@NullMarked
package io.tercet.benchmark.peers;

import org.jspecify.annotations.NullMarked;
