/// What is counted, and how it is told to operators: Prometheus text and health, on the management
/// port.
///
/// Nothing here changes what a visitor gets.
@NullMarked
package io.tercet.http.metrics;

import org.jspecify.annotations.NullMarked;
