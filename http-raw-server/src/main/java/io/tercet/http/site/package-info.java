/// Published sites: pulled from file-service, kept on local disk, switched from version to version
/// at once.
///
/// Nothing here serves a connection, and no connection ever waits for file-service.
@NullMarked
package io.tercet.http.site;

import org.jspecify.annotations.NullMarked;
