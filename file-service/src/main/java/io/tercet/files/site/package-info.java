/// Published folders: immutable versions, requests that wait for new ones, and what rooms are told.
///
/// Never serves a page: http-raw-server does.
///
/// Arrow: `http` → `site` → `access`, `catalog`, `blob`, `chat`.
@NullMarked
package io.tercet.files.site;

import org.jspecify.annotations.NullMarked;
