/// Data connections: passive ports, who may wait at them, and the transfer over one.
///
/// Never knows a file or a reply.
///
/// Arrow: `ftp.command`, `ftp.control` → `ftp.data`.
@NullMarked
package io.tercet.files.ftp.data;

import org.jspecify.annotations.NullMarked;
