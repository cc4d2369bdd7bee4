/// Who sends a request: people, and services, which sign their tokens with the shared secret.
///
/// Never uses the network.
///
/// Arrow: everything may use `identity`; it uses `problem` only.
@NullMarked
package io.tercet.files.identity;

import org.jspecify.annotations.NullMarked;
