/// Stories of sharing over HTTP, told with curl.
/// Never looks into the data folder.
@NullMarked
package io.tercet.system.files;

import org.jspecify.annotations.NullMarked;
