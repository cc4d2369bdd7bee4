/// How a function of the C library is found, linked and called, and what its error numbers mean.
///
/// The packages below call the functions themselves: `posix.poll` waits, `posix.socket` receives
/// and sends, `posix.file` reads files and folders, `posix.process` starts processes. Only these
/// five packages use `java.lang.foreign`. They implement the interfaces of `readiness`, `message`,
/// `file` and `process`; of the packages above, only `server` knows them.
@NullMarked
package io.tercet.http.posix;

import org.jspecify.annotations.NullMarked;
