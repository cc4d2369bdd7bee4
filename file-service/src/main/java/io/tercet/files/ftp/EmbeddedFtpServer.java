package io.tercet.files.ftp;

import io.tercet.files.datafolder.StartupException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Starts, configures and stops Apache FtpServer.
///
/// Active mode is off: in active mode a client could make the server connect to other machines.
/// Uploads go through [StoreCommand].
///
/// - Threading: FtpServer's own platform threads, at most one for each connection.
final class EmbeddedFtpServer implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedFtpServer.class);

  private final FileOperations operations;
  private final UserManager login;
  private final Supplier<Path> certificate;
  private @Nullable FtpServer server;
  private @Nullable Listener listener;

  EmbeddedFtpServer(FileOperations operations, UserManager login, Supplier<Path> certificate) {
    this.operations = operations;
    this.login = login;
    this.certificate = certificate;
  }

  @Override
  public void start() {
    FtpSettings settings = operations.settings();
    Listener opened = listener(settings);
    FtpServerFactory factory = new FtpServerFactory();
    factory.addListener("default", opened);
    factory.setUserManager(login);
    factory.setFileSystem(user -> new CatalogFileSystemView(((FtpUser) user).person(), operations));
    factory.setCommandFactory(commands());
    // A mutable map: the server clears it when it stops.
    factory.setFtplets(new HashMap<>(Map.of("tlsPolicy", new TlsPolicy(settings.plain()))));
    factory.setConnectionConfig(connections(settings).createConnectionConfig());
    FtpServer created = factory.createServer();
    server = created;
    listener = opened;
    try {
      created.start();
    } catch (FtpException | RuntimeException e) {
      server = null;
      listener = null;
      log.debug("FTP does not start", e);
      throw new StartupException(
          "FTP cannot listen on "
              + settings.address()
              + ":"
              + settings.port()
              + ": stop what listens there, or choose another TERCET_FTP_PORT or TERCET_BIND");
    }
    log.info("FTP listens address={} port={}", settings.address(), opened.getPort());
  }

  private Listener listener(FtpSettings settings) {
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setActiveEnabled(false);
    data.setIdleTime(Math.toIntExact(settings.dataIdleMax().toSeconds()));
    data.setPassivePorts(settings.passivePorts());
    data.setPassiveIpCheck(true);
    // When Java closes a TLS 1.3 stream, it first sends user_canceled, which GnuTLS reports as an
    // error.
    data.setSslConfiguration(tls("TLSv1.2"));
    if (!settings.passiveAddress().isBlank()) {
      data.setPassiveExternalAddress(settings.passiveAddress());
    }
    ListenerFactory factory = new ListenerFactory();
    factory.setServerAddress(settings.address());
    factory.setPort(settings.port());
    factory.setIdleTimeout(Math.toIntExact(settings.idleMax().toSeconds()));
    factory.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    factory.setSslConfiguration(tls("TLSv1.3", "TLSv1.2"));
    factory.setSessionFilter(
        session -> session.getService().getManagedSessionCount() <= settings.connectionsMax());
    return factory.createListener();
  }

  private SslConfiguration tls(String... protocols) {
    SslConfigurationFactory tls = new SslConfigurationFactory();
    tls.setKeystoreFile(certificate.get().toFile());
    tls.setKeystoreType("PKCS12");
    tls.setKeystorePassword(SelfSignedCertificate.PASSWORD);
    tls.setSslProtocol(protocols);
    return tls.createSslConfiguration();
  }

  private static ConnectionConfigFactory connections(FtpSettings settings) {
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(false);
    connections.setMaxAnonymousLogins(0);
    connections.setMaxLogins(settings.connectionsMax());
    connections.setMaxThreads(settings.connectionsMax());
    connections.setMaxLoginFailures(settings.loginFailuresMax());
    connections.setLoginFailureDelay(Math.toIntExact(settings.loginFailureDelay().toMillis()));
    return connections;
  }

  private CommandFactory commands() {
    CommandFactoryFactory commands = new CommandFactoryFactory();
    commands.addCommand("STOR", new StoreCommand(operations, false));
    commands.addCommand("APPE", new StoreCommand(operations, true));
    Command notOffered =
        (session, _, _) -> session.write(new DefaultFtpReply(502, "This is not offered here."));
    for (String name : new String[] {"STOU", "MFMT", "PORT", "EPRT", "SITE"}) {
      commands.addCommand(name, notOffered);
    }
    commands.addCommand("MODE", EmbeddedFtpServer::mode);
    return commands.createCommandFactory();
  }

  // No compression: a small upload could expand without limit.
  private static void mode(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    boolean stream = "S".equalsIgnoreCase(request.getArgument());
    session.write(
        stream
            ? new DefaultFtpReply(200, "Stream mode.")
            : new DefaultFtpReply(504, "Only MODE S is offered here."));
  }

  /// The port that it listens on; 0 if it does not run.
  int port() {
    return listener == null ? 0 : listener.getPort();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
    }
    server = null;
    listener = null;
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }
}
