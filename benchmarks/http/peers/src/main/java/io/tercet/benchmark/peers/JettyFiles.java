package io.tercet.benchmark.peers;

import java.nio.file.Path;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.RequestLogWriter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Jetty with its handler of files, which keeps small ones in memory. Words: port, root, and the
/// file of an access log or nothing.
public final class JettyFiles {
  private static final int THREADS_MAX = 32;
  private static final int BACKLOG = 4096;
  private static final int IDLE_MILLIS = 60_000;

  private JettyFiles() {}

  /// Serves until it is ended.
  public static void main(String[] words) throws Exception {
    Server server = new Server(new QueuedThreadPool(THREADS_MAX));
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(words[0]));
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(ResourceFactory.of(server).newResource(Path.of(words[1])));
    files.setEtags(true);
    server.setHandler(files);
    if (words.length > 2) {
      server.setRequestLog(
          new CustomRequestLog(
              new RequestLogWriter(words[2]), CustomRequestLog.EXTENDED_NCSA_FORMAT));
    }
    server.start();
    server.join();
  }
}
