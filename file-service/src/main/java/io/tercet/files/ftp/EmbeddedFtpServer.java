package io.tercet.files.ftp;

import io.tercet.files.datafolder.StartupException;
import io.tercet.files.ftp.control.ConnectionSettings;
import io.tercet.files.ftp.control.ControlListener;
import io.tercet.files.ftp.control.Visits;
import io.tercet.files.ftp.data.DataChannel;
import io.tercet.files.ftp.data.PassivePorts;
import io.tercet.files.ftp.data.TransferSettings;
import io.tercet.files.ftp.data.Transfers;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Starts, configures and stops Apache FtpServer, with the listener, the commands and the data
/// connections of this service.
///
/// Each second it ends the connections that do not sign in and the transfers that stand still.
///
/// - Threading: Spring starts and stops it, one after the other.
final class EmbeddedFtpServer implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedFtpServer.class);

  private final CommandFactory commands;
  private final FtpSettings settings;
  private final ConnectionSettings connections;
  private final TransferSettings transfers;
  private final Supplier<Path> certificate;
  private @Nullable Running running;

  private record Running(
      FtpServer server, ControlListener listener, ScheduledExecutorService watch) {}

  EmbeddedFtpServer(
      CommandFactory commands,
      FtpSettings settings,
      ConnectionSettings connections,
      TransferSettings transfers,
      Supplier<Path> certificate) {
    this.commands = commands;
    this.settings = settings;
    this.connections = connections;
    this.transfers = transfers;
    this.certificate = certificate;
  }

  @Override
  public void start() {
    Visits visits = new Visits(connections);
    Transfers underWay = new Transfers(transfers);
    ControlListener listener = listener(visits, underWay);
    FtpServer server = server(listener);
    try {
      server.start();
    } catch (FtpException | RuntimeException e) {
      log.debug("FTP does not start", e);
      throw new StartupException(
          "FTP cannot listen on "
              + settings.address()
              + ":"
              + settings.port()
              + ": stop what listens there, or choose another TERCET_FTP_PORT or TERCET_BIND");
    }
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("ftp-watch").factory());
    running = new Running(server, listener, watch);
    var _ =
        watch.scheduleWithFixedDelay(
            () -> endLateAndSlowOnes(visits, underWay), 1, 1, TimeUnit.SECONDS);
    log.info("FTP listens address={} port={}", settings.address(), listener.getPort());
  }

  // An exception would end the schedule.
  private static void endLateAndSlowOnes(Visits visits, Transfers transfers) {
    try {
      visits.endLateOnes(System.nanoTime());
      transfers.endSlowOnes(System.nanoTime());
    } catch (RuntimeException e) {
      log.error("FTP connections cannot be watched", e);
    }
  }

  private ControlListener listener(Visits visits, Transfers underWay) {
    // When Java closes a TLS 1.3 stream, it first sends user_canceled, which GnuTLS reports as an
    // error.
    DataChannel.Environment environment =
        new DataChannel.Environment(
            new PassivePorts(settings.passivePorts(), transfers),
            underWay,
            tls("TLSv1.2"),
            transfers);
    InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
    return new ControlListener(
        address, tls("TLSv1.3", "TLSv1.2"), connections, visits, environment);
  }

  private FtpServer server(ControlListener listener) {
    FtpServerFactory factory = new FtpServerFactory();
    factory.addListener("default", listener);
    factory.setCommandFactory(commands);
    // A mutable map: the server clears it when it stops.
    factory.setFtplets(new HashMap<>(Map.of("tlsPolicy", new TlsPolicy(settings.plain()))));
    ConnectionConfigFactory config = new ConnectionConfigFactory();
    config.setAnonymousLoginEnabled(false);
    config.setMaxAnonymousLogins(0);
    config.setMaxLogins(connections.max());
    factory.setConnectionConfig(config.createConnectionConfig());
    return factory.createServer();
  }

  private SslConfiguration tls(String... protocols) {
    SslConfigurationFactory tls = new SslConfigurationFactory();
    tls.setKeystoreFile(certificate.get().toFile());
    tls.setKeystoreType("PKCS12");
    tls.setKeystorePassword(SelfSignedCertificate.PASSWORD);
    tls.setSslProtocol(protocols);
    return tls.createSslConfiguration();
  }

  /// The port that it listens on; 0 if it does not run.
  int port() {
    return running == null ? 0 : running.listener().getPort();
  }

  @Override
  public void stop() {
    if (running != null) {
      running.watch().shutdownNow();
      running.server().stop();
    }
    running = null;
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }
}
