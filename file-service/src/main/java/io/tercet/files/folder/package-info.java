/// Listing, making, moving and deleting.
///
/// Never reads the bytes of a file.
///
/// Arrow: `http`, `ftp` → `folder` → `access`, `catalog`, `blob`, `outbox`.
@NullMarked
package io.tercet.files.folder;

import org.jspecify.annotations.NullMarked;
