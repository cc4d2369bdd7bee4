/// Worker processes: a supervisor that starts, watches and replaces them, and what a worker does.
///
/// Workers inherit the supervisor's listening sockets. Orders go down one pipe, and counters come
/// back through another; nothing else is shared. Nothing here makes a system call: processes and
/// pipes come from a [io.tercet.http.process.Spawner].
@NullMarked
package io.tercet.http.worker;

import org.jspecify.annotations.NullMarked;
