/// The commands of FTP (RFC 959, 2389, 2428, 3659, 4217, draft-somers-ftp-mfxx,
/// draft-bryan-ftpext-hash).
///
/// Never contains a rule that `http` needs too.
///
/// Arrow: `ftp` → `ftp.command` → `ftp.view`, `ftp.control`, `ftp.data`.
@NullMarked
package io.tercet.files.ftp.command;

import org.jspecify.annotations.NullMarked;
