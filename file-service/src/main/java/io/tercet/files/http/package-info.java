/// The HTTP interface: paths, headers and bodies of contracts/http.md and contracts/internal.md.
///
/// Never contains a rule that `ftp` needs too.
///
/// Arrow: `http` → `upload`, `download`, `folder`, `site` (and `database`, `blob` for readiness
/// only).
@NullMarked
package io.tercet.files.http;

import org.jspecify.annotations.NullMarked;
