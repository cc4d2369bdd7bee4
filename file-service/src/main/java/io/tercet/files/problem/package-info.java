/// The errors of this service over HTTP, as RFC 9457 problems.
///
/// Never contains a rule of a feature. A 5xx contains no detail.
///
/// Arrow: everything may use `problem`; it uses no other package of ours.
@NullMarked
package io.tercet.files.problem;

import org.jspecify.annotations.NullMarked;
