/// The tokens of people: the signing key, the claims, the public keys. Never here: who may have a
/// token.
@NullMarked
package io.tercet.chat.token;

import org.jspecify.annotations.NullMarked;
