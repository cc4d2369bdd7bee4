/// Filters for the request itself: which requests go on, how large their bodies may be, and the URL
/// that they go to.
///
/// Arrow: `filter` → `request` → `header`, `limit`.
@NullMarked
package io.tercet.gateway.filter.request;

import org.jspecify.annotations.NullMarked;
