/// Processes that serve: a supervisor that starts, watches and replaces workers, and what a worker
/// does in its process.
///
/// The listening sockets are the supervisor's, and its workers inherit them. Orders go down one
/// pipe, figures come back through another; nothing else is shared. Nothing here makes a system
/// call: processes and pipes come from a [io.tercet.http.process.Spawner].
@NullMarked
package io.tercet.http.worker;

import org.jspecify.annotations.NullMarked;
