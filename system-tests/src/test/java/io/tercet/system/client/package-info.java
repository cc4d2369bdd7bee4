/// What an outsider holds: a person's HTTP, a chat socket, a raw connection, a program to run.
/// Never asserts; tests do.
@NullMarked
package io.tercet.system.client;

import org.jspecify.annotations.NullMarked;
