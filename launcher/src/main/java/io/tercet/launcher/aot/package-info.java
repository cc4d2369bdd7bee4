/// AOT caches: classes that a rehearsal loaded, linked and profiled, so that a start does not.
/// Never touches anybody's data.
package io.tercet.launcher.aot;
