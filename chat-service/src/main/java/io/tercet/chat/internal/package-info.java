/// HTTP for the other services: contracts/internal.md. Never here: an endpoint for people's tokens.
@NullMarked
package io.tercet.chat.internal;

import org.jspecify.annotations.NullMarked;
