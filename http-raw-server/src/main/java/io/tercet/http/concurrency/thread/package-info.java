/// Models in which a thread waits for its connection: one by one, a thread each, a pool, virtual
/// threads.
@NullMarked
package io.tercet.http.concurrency.thread;

import org.jspecify.annotations.NullMarked;
