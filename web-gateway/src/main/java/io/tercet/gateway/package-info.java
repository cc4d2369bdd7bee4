@NullMarked
package io.tercet.gateway;

import org.jspecify.annotations.NullMarked;
