/// Who is asking: people, and the services that prove themselves with the shared secret.
///
/// Never asks over the network.
///
/// Arrow: everything may use `identity`; it uses `problem` only.
@NullMarked
package io.tercet.files.identity;

import org.jspecify.annotations.NullMarked;
