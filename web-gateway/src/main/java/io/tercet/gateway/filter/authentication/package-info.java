/// Filters for who sends a request: sessions become tokens, and pages of other sites cannot use
/// them.
///
/// Arrow: `filter` → `authentication` → `header`, `identity`.
@NullMarked
package io.tercet.gateway.filter.authentication;

import org.jspecify.annotations.NullMarked;
