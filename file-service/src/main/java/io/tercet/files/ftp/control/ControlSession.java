package io.tercet.files.ftp.control;

import io.tercet.files.ftp.data.DataChannel;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.mina.core.session.IoSession;

/// What is known of one control connection beside FtpServer's own session.
///
/// - Threading: safe, but for [#word].
public final class ControlSession {
  private static final String KEY = "io.tercet.control-session";

  private final Visit visit;
  private final Visits visits;
  private final DataChannel channel;
  // Bytes of commands that arrived and are not carried out yet.
  final AtomicLong waiting = new AtomicLong();
  private final StringBuilder word = new StringBuilder();
  private volatile boolean authIsAhead;

  ControlSession(Visit visit, Visits visits, DataChannel channel) {
    this.visit = visit;
    this.visits = visits;
    this.channel = channel;
  }

  /// The beginning of the line that is arriving; for the thread that reads the connection.
  StringBuilder word() {
    return word;
  }

  void attachTo(IoSession session) {
    session.setAttribute(KEY, this);
    // The name under which FtpServer looks for its own.
    session.setAttribute("org.apache.ftpserver.data-connection", channel);
  }

  /// Every session that carries out commands has one.
  public static ControlSession of(IoSession session) {
    return (ControlSession) session.getAttribute(KEY);
  }

  static boolean isAttachedTo(IoSession session) {
    return session.containsAttribute(KEY);
  }

  public DataChannel channel() {
    return channel;
  }

  /// Counts the session for a person who gave the right password; false if it may not stay.
  public boolean signIn(UUID personId) {
    return visits.signIn(visit, personId);
  }

  /// `AUTH` arrived, so nothing but TLS may follow.
  void authArrived() {
    authIsAhead = true;
  }

  boolean authIsAhead() {
    return authIsAhead;
  }

  /// `AUTH` was refused before its reply, or TLS has begun.
  public void authIsDone() {
    authIsAhead = false;
  }

  void end() {
    visits.leave(visit);
    channel.hangUp();
  }
}
