/// What Jetty does before and after every other part of this service: each request gets an id, and
/// each error of Jetty's own becomes a problem. Never here: an answer to a request that is right.
@NullMarked
package io.tercet.chat.socket.jetty;

import org.jspecify.annotations.NullMarked;
