/// Sessions of browsers exchanged for tokens of people, and the gateway's own service tokens.
///
/// Code here never sees a request or an answer, only values from them.
@NullMarked
package io.tercet.gateway.identity;

import org.jspecify.annotations.NullMarked;
