/// Bytes go out, and which part of them was asked for.
///
/// Never speaks a protocol: doors take a stream from it.
///
/// Arrow: `http`, `ftp` → `download` → `access`, `catalog`, `blob`.
@NullMarked
package io.tercet.files.download;

import org.jspecify.annotations.NullMarked;
