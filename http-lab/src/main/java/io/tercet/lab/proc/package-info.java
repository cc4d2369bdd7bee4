/// What the kernel tells about processes and connections in the files below `/proc`.
///
/// It only reads. Where a file is missing, its figures are zero. Source: proc(5).
@NullMarked
package io.tercet.lab.proc;

import org.jspecify.annotations.NullMarked;
