/// The server as a process under mixed traffic for a while, and what it holds afterwards.
@NullMarked
package io.tercet.http.soak;

import org.jspecify.annotations.NullMarked;
