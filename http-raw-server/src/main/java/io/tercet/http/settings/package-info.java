/// What the operator asked for: the command line, then the environment, then defaults.
///
/// Nothing here opens, starts or prints anything.
@NullMarked
package io.tercet.http.settings;

import org.jspecify.annotations.NullMarked;
