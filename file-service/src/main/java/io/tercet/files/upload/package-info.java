/// Uploads: bytes are received, checked, stored and catalogued, and only then acknowledged.
///
/// Never knows a protocol: `http` and `ftp` give it a stream.
///
/// Arrow: `http`, `ftp` → `upload` → `access`, `catalog`, `blob`, `outbox`.
@NullMarked
package io.tercet.files.upload;

import org.jspecify.annotations.NullMarked;
