/// The locks on the HTTP doors: tokens of people, tokens of services, refused requests.
///
/// Never decides who may enter which folder; that is `access`.
///
/// Arrow: `security` → `identity`, `problem`.
@NullMarked
package io.tercet.files.security;

import org.jspecify.annotations.NullMarked;
