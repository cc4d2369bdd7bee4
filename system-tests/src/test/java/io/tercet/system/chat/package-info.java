/// Stories of talking: send, receive, resume, leave.
/// Never reaches behind the gateway.
@NullMarked
package io.tercet.system.chat;

import org.jspecify.annotations.NullMarked;
