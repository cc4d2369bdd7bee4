/// http-raw-server as other programs see it: `HttpServer` to embed, and `Main` to start.
///
/// The only package that may know all the others. What it starts is put together below it.
@NullMarked
package io.tercet.http;

import org.jspecify.annotations.NullMarked;
