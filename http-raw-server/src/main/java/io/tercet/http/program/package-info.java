/// The program around a server: it reads the command line, starts the parts in order, and stops
/// them in order.
///
/// A program that is built on this one adds to it by an [io.tercet.http.program.Extension]. Nothing
/// here answers a request or calls the system.
@NullMarked
package io.tercet.http.program;

import org.jspecify.annotations.NullMarked;
