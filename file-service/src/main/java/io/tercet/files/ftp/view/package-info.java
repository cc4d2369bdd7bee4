/// What an FTP session sees: the spaces of a person as one tree of folders and files.
///
/// Never knows a connection or a reply.
///
/// Arrow: `ftp.command` → `ftp.view` → `upload`, `download`, `folder`.
@NullMarked
package io.tercet.files.ftp.view;

import org.jspecify.annotations.NullMarked;
