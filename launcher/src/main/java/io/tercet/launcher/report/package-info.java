/// What a person asks a run from outside: status, memory, stop, and what a start costs.
/// Starts no service itself.
package io.tercet.launcher.report;
