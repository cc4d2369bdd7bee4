/// Who may enter which space.
///
/// Never looks below a space: inside it everything is allowed.
///
/// Arrow: features → `access` → `catalog`, `chat`.
@NullMarked
package io.tercet.files.access;

import org.jspecify.annotations.NullMarked;
