/// Gives back the space of what nothing refers to any more: old versions, and contents without one.
///
/// Never decides what is deleted: it removes what the catalogue does not name.
///
/// Arrow: `sweep` → `catalog`, `blob`.
@NullMarked
package io.tercet.files.sweep;

import org.jspecify.annotations.NullMarked;
