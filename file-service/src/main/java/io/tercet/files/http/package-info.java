/// The HTTP door: paths, headers and bodies of contracts/http.md and contracts/internal.md.
///
/// Never holds a rule that another door would need too.
///
/// Arrow: `http` → `upload`, `download`, `folder`, `site` (and `database`, `blob` for readiness
/// only).
@NullMarked
package io.tercet.files.http;

import org.jspecify.annotations.NullMarked;
