/// What all concurrency models share: the interface that they implement, admission, the turns of
/// one connection; and the server that starts a model, swaps it and stops it.
///
/// The models are below: `concurrency.thread` has those whose threads wait for a connection,
/// `concurrency.loop` has event loops. The one that serves in other processes is in `worker`. A
/// model gives connections their turns and closes their sockets. Nothing here knows HTTP, and
/// nothing here makes a system call: sockets and pollers come from `readiness`.
///
/// From receive to send: [ServerConnection] receives, the conversation in `connection` answers, and
/// [ServerConnection] sends what that wants to send.
@NullMarked
package io.tercet.http.concurrency;

import org.jspecify.annotations.NullMarked;
