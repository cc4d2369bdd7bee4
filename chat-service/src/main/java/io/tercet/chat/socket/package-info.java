/// WebSockets: the opening handshake, Jetty's frames in, encoded bytes out, limits and close codes.
/// Never here: a rule about rooms.
///
/// [SocketConfiguration] registers `/api/socket` with Spring; [OpeningHandshake] refuses wrong
/// requests; [JettyUpgradeStrategy] hands the connection to a [SocketFrameHandler].
@NullMarked
package io.tercet.chat.socket;

import org.jspecify.annotations.NullMarked;
