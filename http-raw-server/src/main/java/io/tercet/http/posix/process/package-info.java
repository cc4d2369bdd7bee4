/// Child processes and their pipes: posix_spawn(3), pipe(2), waitpid(2).
@NullMarked
package io.tercet.http.posix.process;

import org.jspecify.annotations.NullMarked;
