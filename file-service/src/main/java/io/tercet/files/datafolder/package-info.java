/// The folder in which this service stores everything, and the lock that stops a second process
/// from using it.
///
/// Never knows what the files in it contain.
///
/// Arrow: `database`, `blob` → `datafolder`.
@NullMarked
package io.tercet.files.datafolder;

import org.jspecify.annotations.NullMarked;
