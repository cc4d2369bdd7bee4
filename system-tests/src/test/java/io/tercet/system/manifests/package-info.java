/// What k8s/ renders to, parsed as strictly as an API server does, without a cluster.
/// Never repeats what the renderer itself refuses.
@NullMarked
package io.tercet.system.manifests;

import org.jspecify.annotations.NullMarked;
