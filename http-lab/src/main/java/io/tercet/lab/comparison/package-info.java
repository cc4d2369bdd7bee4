/// The comparison: every scenario over every concurrency model, each model in a server process of
/// its own, and what was measured.
///
/// It must never know a model by more than its name and the traits that it declares.
@NullMarked
package io.tercet.lab.comparison;

import org.jspecify.annotations.NullMarked;
