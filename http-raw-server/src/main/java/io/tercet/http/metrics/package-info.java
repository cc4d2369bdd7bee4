/// Counters of a server, and the management port's paths for them: Prometheus text and health.
///
/// Nothing here changes what a visitor gets.
@NullMarked
package io.tercet.http.metrics;

import org.jspecify.annotations.NullMarked;
