/// The FTP server: the same folders and the same sign-in for FTP clients (RFC 959, 2228, 3659,
/// 4217).
///
/// Never contains a rule that `http` needs too.
///
/// Arrow: `ftp` → `ftp.command` → `ftp.view`, `ftp.control` → `ftp.data`; `ftp.view` → `upload`,
/// `download`, `folder`.
@NullMarked
package io.tercet.files.ftp;

import org.jspecify.annotations.NullMarked;
