/// What the header fields of a request ask of a file: a coding, a type, a condition, ranges.
///
/// Each type reads one group of fields (RFC 9110 §12 to §14) and says what they mean for one
/// representation. Nothing here opens a file or makes a response.
@NullMarked
package io.tercet.http.negotiation;

import org.jspecify.annotations.NullMarked;
