/// A process that ends at each statement of each change of files, and what it leaves.
///
/// Never lets a statement fail while the process goes on.
@NullMarked
package io.tercet.files.kills;

import org.jspecify.annotations.NullMarked;
