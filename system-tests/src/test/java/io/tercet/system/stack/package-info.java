/// The running product as a test sees it: its doors, and, where we started it, its processes.
/// Never knows what a test does with it.
@NullMarked
package io.tercet.system.stack;

import org.jspecify.annotations.NullMarked;
