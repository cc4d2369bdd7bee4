/// The report of a comparison: one page of HTML with plots, tables and explanations.
///
/// Nothing here measures.
@NullMarked
package io.tercet.lab.report;

import org.jspecify.annotations.NullMarked;
