@NullMarked
package io.tercet.files;

import org.jspecify.annotations.NullMarked;
