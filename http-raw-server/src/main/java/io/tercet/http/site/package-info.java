/// Published sites: they are pulled from file-service, kept on local disk, and switched from one
/// version to the next in one step.
///
/// Nothing here serves a connection, and no connection ever waits for file-service.
@NullMarked
package io.tercet.http.site;

import org.jspecify.annotations.NullMarked;
