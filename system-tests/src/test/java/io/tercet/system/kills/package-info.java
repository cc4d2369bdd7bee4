/// What is promised whatever is killed, checked by killing.
/// Never kills what this test run, or the operator of the stack under test, did not start.
@NullMarked
package io.tercet.system.kills;

import org.jspecify.annotations.NullMarked;
