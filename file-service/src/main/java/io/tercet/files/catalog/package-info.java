/// Spaces, paths, folders, files and their versions: the names, in SQL.
///
/// Never touches bytes, and never checks access.
///
/// Arrow: `access` and the features → `catalog` → `problem`.
@NullMarked
package io.tercet.files.catalog;

import org.jspecify.annotations.NullMarked;
