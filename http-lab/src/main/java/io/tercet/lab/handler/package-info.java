/// Two handlers that exist to be compared: one waits as for a database, one computes.
///
/// Nothing here is meant for visitors.
@NullMarked
package io.tercet.lab.handler;

import org.jspecify.annotations.NullMarked;
