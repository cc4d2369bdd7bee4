/// Listing, making, moving and deleting of folders and files.
///
/// Never reads the bytes of a file.
///
/// Arrow: `http`, `ftp` → `folder` → `access`, `catalog`, `blob`, `outbox`.
@NullMarked
package io.tercet.files.folder;

import org.jspecify.annotations.NullMarked;
