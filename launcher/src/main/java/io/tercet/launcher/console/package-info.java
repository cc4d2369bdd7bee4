/// How the launcher speaks to a person: plain lines, and one line when it gives up.
/// Knows nothing of what it says.
package io.tercet.launcher.console;
