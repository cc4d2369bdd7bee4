/// Who may use which space.
///
/// Never looks below a space: a person who may use it may do everything in it.
///
/// Arrow: features → `access` → `catalog`, `chat`.
@NullMarked
package io.tercet.files.access;

import org.jspecify.annotations.NullMarked;
