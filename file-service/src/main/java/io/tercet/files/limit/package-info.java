/// What may go on at once: uploads, and requests of any kind.
///
/// A bound for all would let one client take it alone. So each person and each address has a share.
@NullMarked
package io.tercet.files.limit;

import org.jspecify.annotations.NullMarked;
