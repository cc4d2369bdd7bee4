/// Processes that inherit a listening socket: what a supervisor asks of the operating system.
///
/// These are the shapes; nothing here calls the system.
@NullMarked
package io.tercet.http.process;

import org.jspecify.annotations.NullMarked;
