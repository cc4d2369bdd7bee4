/// A run of the four services: start, readiness, restarts, stop.
/// Knows nothing of how they were built.
package io.tercet.launcher.run;
