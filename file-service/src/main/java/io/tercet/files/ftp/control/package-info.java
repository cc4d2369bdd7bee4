/// Control connections: who may have how many, and the lines that arrive on them.
///
/// Never carries out a command.
///
/// Arrow: `ftp.command` → `ftp.control` → `ftp.data`.
@NullMarked
package io.tercet.files.ftp.control;

import org.jspecify.annotations.NullMarked;
