/// The data folder: who may use it, its restore, the service secret, logs and process ids.
/// Starts and stops nothing.
package io.tercet.launcher.data;
