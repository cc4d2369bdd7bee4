/// The access log: a line for each answer, in a file that another program may rotate.
///
/// Nothing here makes a thread that serves wait. Lines that cannot be written in time are dropped
/// and counted.
@NullMarked
package io.tercet.http.access;

import org.jspecify.annotations.NullMarked;
