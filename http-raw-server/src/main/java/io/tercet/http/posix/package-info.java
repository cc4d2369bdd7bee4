/// The system calls: sockets, epoll and files, through `java.lang.foreign`.
///
/// The only package that may use `java.lang.foreign`. Nothing here knows HTTP, and nothing but the
/// program's composition knows this package: everybody else sees the shapes in `readiness` and
/// `message`.
@NullMarked
package io.tercet.http.posix;

import org.jspecify.annotations.NullMarked;
