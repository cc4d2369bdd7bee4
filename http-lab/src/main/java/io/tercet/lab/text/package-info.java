/// Texts and numbers as the report, the live page and the progress of a comparison show them.
///
/// Nothing here knows what the numbers mean.
@NullMarked
package io.tercet.lab.text;

import org.jspecify.annotations.NullMarked;
