/// Sessions: opened at sign-in, extended by use, ended by sign-out or by time. Never here: cookies
/// and tokens.
@NullMarked
package io.tercet.chat.session;

import org.jspecify.annotations.NullMarked;
