/// The laboratory: the same traffic over every concurrency model, what came of it as a page, and a
/// page that shows the running server.
///
/// Nothing here serves what visitors ask for, but for two handlers that exist to be compared: one
/// waits, one computes. It must never know a model by more than its name and what that declares.
@NullMarked
package io.tercet.http.lab;

import org.jspecify.annotations.NullMarked;
