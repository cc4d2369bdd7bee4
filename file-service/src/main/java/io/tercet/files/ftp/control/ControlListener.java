package io.tercet.files.ftp.control;

import io.tercet.files.ftp.data.DataChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.impl.DefaultFtpHandler;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.listener.nio.AbstractListener;
import org.apache.ftpserver.listener.nio.FtpResponseEncoder;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.textline.TextLineDecoder;
import org.apache.mina.filter.executor.ExecutorFilter;
import org.apache.mina.filter.executor.OrderedThreadPoolExecutor;
import org.apache.mina.transport.socket.SocketAcceptor;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.jspecify.annotations.Nullable;

/// Accepts control connections and passes their lines to FtpServer, one after the other of each.
///
/// FtpServer's own listener reads a line only when the one before is carried out, bounds nothing
/// but the number of connections, and cannot be given another filter.
///
/// - Threading: MINA's threads read; a virtual thread for each session that is busy carries out
///   commands.
public final class ControlListener extends AbstractListener {
  private static final int READ_BYTES = 2048;

  private final ConnectionSettings settings;
  private final Visits visits;
  private final DataChannel.Environment environment;
  private @Nullable SocketAcceptor acceptor;
  private @Nullable ExecutorService executor;
  private @Nullable FtpServerContext context;

  /// `tls` is for control connections; `environment` has the one for data connections.
  public ControlListener(
      InetSocketAddress address,
      SslConfiguration tls,
      ConnectionSettings settings,
      Visits visits,
      DataChannel.Environment environment) {
    super(
        address.getHostString(),
        address.getPort(),
        false,
        tls,
        new DataConnectionConfigurationFactory().createDataConnectionConfiguration(),
        Math.toIntExact(settings.idleMax().toSeconds()),
        null);
    this.settings = settings;
    this.visits = visits;
    this.environment = environment;
  }

  @Override
  public synchronized void start(FtpServerContext server) {
    SocketAcceptor created = new NioSocketAcceptor(Runtime.getRuntime().availableProcessors());
    ExecutorService commands = commands();
    acceptor = created;
    executor = commands;
    context = server;
    created.setReuseAddress(true);
    created.getSessionConfig().setReadBufferSize(READ_BYTES);
    created.getSessionConfig().setIdleTime(IdleStatus.BOTH_IDLE, getIdleTimeout());
    TextLineDecoder lines = new TextLineDecoder(StandardCharsets.UTF_8);
    lines.setMaxLineLength(Math.toIntExact(settings.lineMax().toBytes()));
    long waitingMax = settings.waitingMax().toBytes();
    created.getFilterChain().addLast("control", new ControlFilter(visits, environment, waitingMax));
    created.getFilterChain().addLast("commands", new ExecutorFilter(commands));
    created
        .getFilterChain()
        .addLast("codec", new ProtocolCodecFilter(new FtpResponseEncoder(), lines));
    DefaultFtpHandler handler = new DefaultFtpHandler();
    handler.init(server, this);
    created.setHandler(new ControlHandler(server, handler, settings.idleMax()));
    try {
      created.bind(new InetSocketAddress(getServerAddress(), getPort()));
    } catch (IOException e) {
      stop();
      throw new FtpServerConfigurationException("cannot listen", e);
    }
    setPort(created.getLocalAddress().getPort());
  }

  private ExecutorService commands() {
    return new OrderedThreadPoolExecutor(
        0,
        settings.max(),
        30,
        TimeUnit.SECONDS,
        Thread.ofVirtual().name("ftp-command-", 0).factory(),
        new WaitingCommands(settings.waitingMax().toBytes()));
  }

  @Override
  public synchronized void stop() {
    if (acceptor != null) {
      acceptor.unbind();
      acceptor.dispose();
    }
    if (executor != null) {
      executor.shutdown();
    }
    acceptor = null;
    executor = null;
    context = null;
  }

  @Override
  public synchronized boolean isStopped() {
    return acceptor == null;
  }

  /// Not offered.
  @Override
  public void suspend() {
    throw new UnsupportedOperationException("stop it");
  }

  /// Not offered.
  @Override
  public void resume() {
    throw new UnsupportedOperationException("start it");
  }

  @Override
  public boolean isSuspended() {
    return false;
  }

  @Override
  public synchronized Set<FtpIoSession> getActiveSessions() {
    Set<FtpIoSession> sessions = new HashSet<>();
    if (acceptor != null && context != null) {
      FtpServerContext server = context;
      acceptor
          .getManagedSessions()
          .values()
          .forEach(session -> sessions.add(new FtpIoSession(session, server)));
    }
    return sessions;
  }
}
