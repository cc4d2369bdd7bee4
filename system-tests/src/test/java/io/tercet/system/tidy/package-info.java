/// The rules of the tree that a reader relies on, checked without a running stack.
/// Never repeats what a compiler, formatter or linter checks already.
@NullMarked
package io.tercet.system.tidy;

import org.jspecify.annotations.NullMarked;
