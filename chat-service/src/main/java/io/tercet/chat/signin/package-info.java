/// Signs people in and out: accounts, sessions, tokens, the default room and open connections meet
/// here. Never here: a cookie, a header or a password's hash.
@NullMarked
package io.tercet.chat.signin;

import org.jspecify.annotations.NullMarked;
