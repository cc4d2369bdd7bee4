@NullMarked
package io.tercet.http;

import org.jspecify.annotations.NullMarked;
