/// The product with several replicas, as `compose.cluster.yml` starts it: what people notice when
/// one of them ends. Figures go to standard output.
@NullMarked
package io.tercet.system.cluster;

import org.jspecify.annotations.NullMarked;
