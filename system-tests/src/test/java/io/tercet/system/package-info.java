/// The whole product from outside, in real clients' hands; one package per story.
/// Never uses a class of a service: what crosses is in `contracts/`.
@NullMarked
package io.tercet.system;

import org.jspecify.annotations.NullMarked;
