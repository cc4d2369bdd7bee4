/// Who waits for the socket: the seam that all concurrency models are behind, and those that serve
/// in this process. The one that serves in others is in `worker`.
///
/// A model gives conversations their turns and closes their sockets. Nothing here knows HTTP, and
/// nothing here makes a system call: sockets and pollers come from `readiness`.
@NullMarked
package io.tercet.http.concurrency;

import org.jspecify.annotations.NullMarked;
