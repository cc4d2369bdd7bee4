/// How chat-service is reached where it has several replicas.
@NullMarked
package io.tercet.files.upstream;

import org.jspecify.annotations.NullMarked;
