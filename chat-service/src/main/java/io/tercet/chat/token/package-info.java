/// The tokens that people carry between services: the signing key, what a token says, the public
/// keys. Never here: who may have one.
@NullMarked
package io.tercet.chat.token;

import org.jspecify.annotations.NullMarked;
