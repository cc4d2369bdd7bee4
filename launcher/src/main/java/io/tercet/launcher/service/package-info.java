/// The four services: what each is built from, where it answers, and the command that starts it.
/// Starts nothing.
package io.tercet.launcher.service;
