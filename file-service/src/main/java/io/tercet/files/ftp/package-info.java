/// The FTP server: the same folders and the same sign-in for FTP clients (RFC 959, 2228, 3659,
/// 4217).
///
/// Never contains a rule that `http` needs too.
///
/// Arrow: `ftp` → `upload`, `download`, `folder`, `access`.
@NullMarked
package io.tercet.files.ftp;

import org.jspecify.annotations.NullMarked;
