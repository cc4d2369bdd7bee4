/// Who may use which space.
///
/// Never looks below a space: `catalog` knows who made what, and checks what an editor deletes.
///
/// Arrow: features → `access` → `catalog`, `chat`.
@NullMarked
package io.tercet.files.access;

import org.jspecify.annotations.NullMarked;
