/// Published folders: immutable versions, and requests that wait for new ones.
///
/// Never serves a page: http-raw-server does.
///
/// Arrow: `http` → `site` → `access`, `catalog`, `blob`.
@NullMarked
package io.tercet.files.site;

import org.jspecify.annotations.NullMarked;
