/// Who the client of a connection is, also behind a proxy, and how many connections it may have.
///
/// The PROXY header, X-Forwarded-For and the list of trusted proxies are read here and nowhere
/// else. Nothing here answers a request or closes a connection.
@NullMarked
package io.tercet.http.client;

import org.jspecify.annotations.NullMarked;
