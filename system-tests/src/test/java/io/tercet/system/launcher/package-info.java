/// `make run` from outside: what it refuses, what it starts, and that it leaves nothing behind.
/// Never drives the product itself: it only asks whether the services are there.
@NullMarked
package io.tercet.system.launcher;

import org.jspecify.annotations.NullMarked;
