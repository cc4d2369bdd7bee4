/// Where the services behind the gateway are, by the names in the settings.
@NullMarked
package io.tercet.gateway.upstream;

import org.jspecify.annotations.NullMarked;
