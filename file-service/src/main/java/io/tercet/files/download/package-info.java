/// Reading of files, and the byte ranges that a client asks for.
///
/// Never knows a protocol: `http` and `ftp` take a stream from it.
///
/// Arrow: `http`, `ftp` → `download` → `access`, `catalog`, `blob`.
@NullMarked
package io.tercet.files.download;

import org.jspecify.annotations.NullMarked;
