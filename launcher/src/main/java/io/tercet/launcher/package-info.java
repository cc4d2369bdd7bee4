/// The launcher: it builds, starts, watches and stops the services.
///
/// The arrow: `Main` → `report`, `aot` → `run`, `build` → `data` → `service`, `process`,
/// `network` → `settings` → `console`. It needs the JDK alone; bin/tercet compiles it with javac.
package io.tercet.launcher;
