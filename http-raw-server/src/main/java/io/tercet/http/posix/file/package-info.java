/// Files and folders of Linux: open beneath a root, stat, read, list.
@NullMarked
package io.tercet.http.posix.file;

import org.jspecify.annotations.NullMarked;
