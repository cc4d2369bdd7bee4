/// Contents by their SHA-256: received, flushed, stored, read, removed.
///
/// Never knows a name or a person.
///
/// Arrow: `upload`, `download`, `site` → `blob` → `datafolder`.
@NullMarked
package io.tercet.files.blob;

import org.jspecify.annotations.NullMarked;
