/// The access log: a line for each answer, in a file that somebody else may rotate.
///
/// Nothing here makes whoever serves a connection wait; what cannot be written in time is dropped
/// and counted.
@NullMarked
package io.tercet.http.access;

import org.jspecify.annotations.NullMarked;
