/// Bytes come in: received, checked, kept, catalogued, and only then acknowledged.
///
/// Never speaks a protocol: doors hand it a stream.
///
/// Arrow: `http`, `ftp` → `upload` → `access`, `catalog`, `blob`, `outbox`.
@NullMarked
package io.tercet.files.upload;

import org.jspecify.annotations.NullMarked;
