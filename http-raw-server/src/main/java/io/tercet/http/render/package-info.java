/// Bytes from responses: status line, fields, and what the protocol itself adds.
///
/// Nothing here decides what to answer, or sends it.
@NullMarked
package io.tercet.http.render;

import org.jspecify.annotations.NullMarked;
