/// Authentication of HTTP requests: tokens of people, tokens of services, rejected requests.
///
/// Never decides who may use which folder; `access` does.
///
/// Arrow: `security` → `identity`, `problem`.
@NullMarked
package io.tercet.files.security;

import org.jspecify.annotations.NullMarked;
