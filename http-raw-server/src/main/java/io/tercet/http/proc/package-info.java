/// What the kernel tells about processes and connections, in the files below `/proc`.
///
/// Read only; where the files are not there, so are the figures not. Source: proc(5).
@NullMarked
package io.tercet.http.proc;

import org.jspecify.annotations.NullMarked;
