/// Event loops: one thread, one poller, many connections that never wait.
@NullMarked
package io.tercet.http.concurrency.loop;

import org.jspecify.annotations.NullMarked;
