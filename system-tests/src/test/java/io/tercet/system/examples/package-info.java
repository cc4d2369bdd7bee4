/// The examples of the documentation, run as a reader would paste them.
/// Never mends an example on the way.
@NullMarked
package io.tercet.system.examples;

import org.jspecify.annotations.NullMarked;
