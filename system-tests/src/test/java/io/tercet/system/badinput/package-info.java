/// What must be refused, with the protocol's own clear error, by a stack that keeps serving.
/// Never expects more than the contract says.
@NullMarked
package io.tercet.system.badinput;

import org.jspecify.annotations.NullMarked;
