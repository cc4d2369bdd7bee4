/// The laboratory of http-raw-server: the program that serves with the live page, and compares
/// concurrency models.
///
/// It knows http-raw-server by its public interface. Nothing of http-raw-server knows it.
@NullMarked
package io.tercet.lab;

import org.jspecify.annotations.NullMarked;
