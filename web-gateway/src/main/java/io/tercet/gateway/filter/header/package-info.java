/// Header filters: each sets or removes certain headers of a request or an answer.
///
/// Arrow: every other package of `filter` may use `header`; it uses none of them.
@NullMarked
package io.tercet.gateway.filter.header;

import org.jspecify.annotations.NullMarked;
