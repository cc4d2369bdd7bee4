/// The system calls: sockets, select, poll, epoll, files, processes and pipes, through
/// `java.lang.foreign`.
///
/// The only package that may use `java.lang.foreign`. Nothing here knows HTTP, and nothing but the
/// program's composition knows this package: everybody else sees the shapes in `readiness`,
/// `message`, `handle` and `worker`, which are filled in here.
@NullMarked
package io.tercet.http.posix;

import org.jspecify.annotations.NullMarked;
