/// Authenticates every HTTP request: tokens of people, tokens of services, ended sessions. Never
/// here: what a person may do in a room.
@NullMarked
package io.tercet.chat.security;

import org.jspecify.annotations.NullMarked;
