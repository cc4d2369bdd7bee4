/// Which settings exist, and the values that a run has.
/// Knows nothing of services; an error says what a valid value is.
package io.tercet.launcher.settings;
