/// Stories of publishing: a folder becomes a site, at once, on an origin of its own.
/// Never reads a site through the page's own origin.
@NullMarked
package io.tercet.system.sites;

import org.jspecify.annotations.NullMarked;
