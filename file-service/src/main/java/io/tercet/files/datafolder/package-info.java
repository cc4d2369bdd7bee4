/// The one folder in which this service keeps everything, and the lock that keeps a second process
/// out.
///
/// Never knows what the files in it mean.
///
/// Arrow: `database`, `blob` → `datafolder`.
@NullMarked
package io.tercet.files.datafolder;

import org.jspecify.annotations.NullMarked;
