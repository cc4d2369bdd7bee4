/// The files of the page, as a browser gets them.
@NullMarked
package io.tercet.system.page;

import org.jspecify.annotations.NullMarked;
