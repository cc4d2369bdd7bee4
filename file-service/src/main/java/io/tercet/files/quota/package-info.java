/// What each person and each room may store: bytes and items, counted in the transaction of each
/// change.
///
/// Never knows where the bytes are, and never checks access.
///
/// Arrow: `upload`, `folder`, `http` → `quota` → `catalog`.
@NullMarked
package io.tercet.files.quota;

import org.jspecify.annotations.NullMarked;
