/// What can go wrong over HTTP, as RFC 9457 problems.
///
/// Never holds a rule of a feature, and never says more of a 5xx than its title.
///
/// Arrow: everything may use `problem`; it uses no other package of ours.
@NullMarked
package io.tercet.files.problem;

import org.jspecify.annotations.NullMarked;
