/// Processes: how they start, how they end with the launcher, and who asks the launcher to stop.
/// Knows nothing of what they are.
package io.tercet.launcher.process;
