/// TCP on this machine: which ports are taken and by whom, and a question over HTTP.
/// Knows the settings, and no service.
package io.tercet.launcher.network;
