package io.tercet.files.ftp.control;

import io.tercet.files.ftp.data.DataChannel;
import io.tercet.files.identity.ClientNetwork;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;

/// Sees each control connection first: lets it in or not, and looks at its lines before they wait
/// for the session's turn.
///
/// - `ABOR` ends the transfer that is under way.
/// - What a client sends behind `AUTH` and before TLS could have been put in by somebody on the
///   way, so the connection is closed (RFC 4217 §15.1 and the class of errors called NO STARTTLS).
/// - Bytes from 0xF0 on before a command are signals of Telnet, as clients send them with `ABOR`.
///   No UTF-8 of a command begins so.
///
/// - Threading: MINA calls it for one session from one thread, the one that reads its socket.
final class ControlFilter extends IoFilterAdapter {
  private static final int WORD_MAX = 5; // one more than the words that count, to tell others
  private static final int TELNET_MIN = 0xF0;

  private final Visits visits;
  private final DataChannel.Environment environment;
  private final long unreadMax;

  /// `unreadMax` is how many bytes of replies a client may leave unread while it sends more.
  ControlFilter(Visits visits, DataChannel.Environment environment, long unreadMax) {
    this.visits = visits;
    this.environment = environment;
    this.unreadMax = unreadMax;
  }

  @Override
  public void sessionCreated(NextFilter next, IoSession session) {
    InetSocketAddress peer = (InetSocketAddress) session.getRemoteAddress();
    if (peer == null) {
      session.closeNow(); // it is gone already
      return;
    }
    Visit visit =
        new Visit(
            ClientNetwork.of(peer.getAddress()),
            System.nanoTime(),
            (reply, atOnce) -> end(session, reply, atOnce));
    if (visits.enter(visit)) {
      DataChannel channel =
          new DataChannel(environment, (InetSocketAddress) session.getLocalAddress(), peer);
      new ControlSession(visit, visits, channel).attachTo(session);
      next.sessionCreated(session);
    } else {
      session.getCloseFuture().addListener(_ -> visits.leave(visit));
    }
  }

  private static void end(IoSession session, String reply, boolean atOnce) {
    if (atOnce) {
      session.closeNow();
    } else {
      session.write(IoBuffer.wrap(reply.getBytes(StandardCharsets.US_ASCII)));
      session.closeOnFlush();
    }
  }

  @Override
  public void sessionOpened(NextFilter next, IoSession session) {
    if (ControlSession.isAttachedTo(session)) {
      next.sessionOpened(session);
    }
  }

  @Override
  public void sessionClosed(NextFilter next, IoSession session) {
    if (ControlSession.isAttachedTo(session)) {
      ControlSession.of(session).end();
      next.sessionClosed(session);
    }
  }

  @Override
  public void messageReceived(NextFilter next, IoSession session, Object message) {
    if (!ControlSession.isAttachedTo(session)) {
      return; // it is being refused
    }
    if (session.getScheduledWriteBytes() > unreadMax) {
      session.closeNow();
      return;
    }
    ControlSession control = ControlSession.of(session);
    StringBuilder word = control.word();
    IoBuffer in = (IoBuffer) message;
    IoBuffer out = IoBuffer.allocate(in.remaining());
    while (in.hasRemaining()) {
      byte b = in.get();
      if (control.authIsAhead() && !session.getFilterChain().contains(SslFilter.class)) {
        session.closeNow();
        return;
      }
      if (word.isEmpty() && Byte.toUnsignedInt(b) >= TELNET_MIN) {
        continue;
      }
      out.put(b);
      if (b == '\n') {
        lineEnds(control, word.toString().strip().toUpperCase(Locale.ROOT));
        word.setLength(0);
      } else if (word.length() < WORD_MAX) {
        word.append((char) b);
      }
    }
    next.messageReceived(session, out.flip());
  }

  private static void lineEnds(ControlSession control, String word) {
    switch (word) {
      case "ABOR" -> control.channel().abortArrived();
      case "AUTH" -> control.authArrived();
      default -> {}
    }
  }
}
