/// Stories of two people in front of the page, in a real browser.
/// Never finds a control by anything that a person could not see or hear.
@NullMarked
package io.tercet.system.browser;

import org.jspecify.annotations.NullMarked;
