/// Builds what changed, and only that: neither Maven nor npm is called while stamps equal digests.
/// Knows nothing of a run.
package io.tercet.launcher.build;
