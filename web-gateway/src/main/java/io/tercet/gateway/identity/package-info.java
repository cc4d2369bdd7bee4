/// Who is asking: a browser's session exchanged for a token, and the gateway's own service token.
///
/// It never sees a request or an answer, only the values in them.
@NullMarked
package io.tercet.gateway.identity;

import org.jspecify.annotations.NullMarked;
