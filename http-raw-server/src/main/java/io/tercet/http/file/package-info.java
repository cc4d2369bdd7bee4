/// Files in all the forms in which they can be sent, and the cache of them.
///
/// A [FileTree] finds files, a [FileLoader] works out their representations, a [ContentCache] keeps
/// those. Nothing here knows requests, or makes a response.
@NullMarked
package io.tercet.http.file;

import org.jspecify.annotations.NullMarked;
