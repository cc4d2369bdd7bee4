/// What the Compose files and the Dockerfile promise an operator, read as Docker reads them.
/// What is missing for them is said before they are used. Starts nothing: the stories run against
/// the composed stack like against any other.
@NullMarked
package io.tercet.system.compose;

import org.jspecify.annotations.NullMarked;
