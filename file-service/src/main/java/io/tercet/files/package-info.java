/// Starts file-service: `http`, `ftp` → features (`upload`, `download`, `folder`, `site`) →
/// `access`, `outbox`, `blob`, `catalog` → `chat`, `database`, `datafolder`.
@NullMarked
package io.tercet.files;

import org.jspecify.annotations.NullMarked;
