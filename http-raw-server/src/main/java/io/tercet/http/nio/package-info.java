/// Sockets, selectors and files of `java.nio`, for a system that is not Linux.
///
/// They are slower than `posix`: a file is copied instead of sent by the kernel, and a thread that
/// waits for its own socket registers it anew for each wait (event loops do not).
@NullMarked
package io.tercet.http.nio;

import org.jspecify.annotations.NullMarked;
