/// The live page, `/lab/`, and `/model`: the running server's metrics, and the exchange of its
/// model, on the management port.
///
/// Nothing here answers on the port that visitors use.
@NullMarked
package io.tercet.lab.live;

import org.jspecify.annotations.NullMarked;
