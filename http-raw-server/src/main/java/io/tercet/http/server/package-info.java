/// A server put together: the network of this operating system, a model, one protocol for all
/// connections, and what is counted of them.
///
/// The only package that knows which system calls there are (`posix`) and what stands in for them
/// (`nio`). It reads no command line and starts no second server.
@NullMarked
package io.tercet.http.server;

import org.jspecify.annotations.NullMarked;
