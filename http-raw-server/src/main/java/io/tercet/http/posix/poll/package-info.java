/// Waiting for many sockets, or for one: select(2), poll(2), epoll(7), and eventfd(2) to end a
/// wait.
@NullMarked
package io.tercet.http.posix.poll;

import org.jspecify.annotations.NullMarked;
