/// What [io.tercet.http.readiness] asks of an operating system, from what every Java has: channels
/// and selectors of `java.nio`, and its files. It stands in where select(2), poll(2) and epoll(7)
/// are not.
///
/// It is slower: files are copied instead of sent by the kernel, and a thread that waits for its
/// own socket registers it anew for each wait (event loops do not). It must never be used where
/// `posix` can be.
@NullMarked
package io.tercet.http.nio;

import org.jspecify.annotations.NullMarked;
