/// The bytes, found by their SHA-256: received, flushed, kept, read, swept.
///
/// Never knows a name or a person.
///
/// Arrow: `upload`, `download`, `site` → `blob` → `datafolder`.
@NullMarked
package io.tercet.files.blob;

import org.jspecify.annotations.NullMarked;
