package io.tercet.files.ftp.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;
import org.apache.ftpserver.DataConnectionException;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.impl.ServerDataConnectionFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/// The data connections of one session, one after the other, and what its control connection says
/// about them: `ABOR`, or that the client hung up.
///
/// A session carries out its commands in order, so it would carry out `ABOR` after the transfer
/// that it means. So the thread that reads the control connection tells this channel as soon as it
/// sees the line.
///
/// - Threading: safe. `lock` guards the fields; nothing blocks under it.
public final class DataChannel implements ServerDataConnectionFactory {
  private final Environment environment;
  private final InetSocketAddress local;
  private final InetSocketAddress peer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition broken = lock.newCondition();
  private @Nullable PassivePort port;
  private int abortsAhead;
  private boolean hungUp;
  private volatile boolean secure;

  /// What all channels of a server share.
  public record Environment(
      PassivePorts ports, Transfers transfers, SslConfiguration tls, TransferSettings settings) {}

  public DataChannel(Environment environment, InetSocketAddress local, InetSocketAddress peer) {
    this.environment = environment;
    this.local = local;
    this.peer = peer;
  }

  public TransferSettings settings() {
    return environment.settings();
  }

  /// Opens a port for the next transfer of this person; empty if none becomes free in time.
  public Optional<InetSocketAddress> listen(UUID person) throws InterruptedException {
    closeDataConnection();
    Optional<PassivePort> opened =
        environment.ports().open(person, local.getAddress(), peer.getAddress());
    lock.lock();
    try {
      port = opened.orElse(null);
    } finally {
      lock.unlock();
    }
    return opened.map(it -> new InetSocketAddress(local.getAddress(), it.number()));
  }

  /// Whether a port was opened for the next transfer.
  public boolean isListening() {
    return port() != null;
  }

  /// Waits for the client at the port, and for its TLS handshake. `ascii` is `TYPE A`.
  public Transfer open(boolean ascii) throws IOException, InterruptedException {
    PassivePort waiting = port();
    if (waiting == null || isBroken()) {
      throw new IOException("the data connection was given up");
    }
    DataSocket connection = waiting.connection();
    connection.setSoTimeout(Math.toIntExact(settings().connectMax().toMillis()));
    Socket socket = secure ? watchedHandshake(connection) : connection;
    connection.setSoTimeout(Math.toIntExact(settings().idleMax().toMillis()));
    Transfer transfer = new Transfer(socket, connection, ascii, environment.transfers());
    environment.transfers().add(transfer, System.nanoTime());
    return transfer;
  }

  // A handshake moves no bytes of a file: one that is drawn out ends like a transfer that stands
  // still.
  private SSLSocket watchedHandshake(DataSocket connection) throws IOException {
    Transfers transfers = environment.transfers();
    Transfer greeting = new Transfer(connection, connection, false, transfers);
    transfers.add(greeting, System.nanoTime());
    try {
      return handshake(connection);
    } finally {
      transfers.remove(greeting);
    }
  }

  private SSLSocket handshake(DataSocket connection) throws IOException {
    SslConfiguration tls = environment.tls();
    String host = peer.getAddress().getHostAddress();
    try {
      SSLSocket socket =
          (SSLSocket)
              tls.getSocketFactory().createSocket(connection, host, connection.getPort(), true);
      socket.setUseClientMode(false);
      socket.setEnabledProtocols(tls.getEnabledProtocols());
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up", e);
    }
  }

  private @Nullable PassivePort port() {
    lock.lock();
    try {
      return port;
    } finally {
      lock.unlock();
    }
  }

  /// The control connection brought `ABOR`: ends the transfer that is under way.
  public void abortArrived() {
    endTransfer(() -> abortsAhead++);
  }

  /// The session has carried out `ABOR`.
  public void abortIsDone() {
    lock.lock();
    try {
      abortsAhead = Math.max(0, abortsAhead - 1); // XABOR is one that did not arrive as such
    } finally {
      lock.unlock();
    }
    closeDataConnection();
  }

  /// The control connection is closed: ends the transfer that is under way.
  public void hangUp() {
    endTransfer(() -> hungUp = true);
  }

  private void endTransfer(Runnable change) {
    PassivePort ended;
    lock.lock();
    try {
      change.run();
      broken.signalAll();
      ended = port;
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      ended.close();
    }
  }

  /// Whether `ABOR` waits to be carried out, or the client hung up.
  public boolean isBroken() {
    return breaksWithin(Duration.ZERO);
  }

  /// Waits at most this long until [#isBroken].
  public boolean breaksWithin(Duration wait) {
    long nanos = wait.toNanos();
    lock.lock();
    try {
      while (abortsAhead == 0 && !hungUp && nanos > 0) {
        nanos = broken.awaitNanos(nanos);
      }
      return abortsAhead > 0 || hungUp;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closeDataConnection() {
    PassivePort ended;
    lock.lock();
    try {
      ended = port;
      port = null;
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      ended.close();
    }
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public void setSecure(boolean secure) {
    this.secure = secure;
  }

  @Override
  public void dispose() {
    closeDataConnection();
  }

  /// Not offered: the commands here call [#listen].
  @Override
  public InetSocketAddress initPassiveDataConnection() throws DataConnectionException {
    throw new DataConnectionException("use listen");
  }

  /// Not offered: a client could make the server connect to other machines.
  @Override
  public void initActiveDataConnection(InetSocketAddress address) {
    throw new UnsupportedOperationException("active mode");
  }

  /// Not offered: the commands here call [#open].
  @Override
  public DataConnection openConnection() {
    throw new UnsupportedOperationException("use open");
  }

  /// Not offered: a small upload could expand without limit.
  @Override
  public void setZipMode(boolean zip) {
    throw new UnsupportedOperationException("MODE Z");
  }

  @Override
  public boolean isZipMode() {
    return false;
  }

  @Override
  public void setServerControlAddress(InetAddress address) {}

  /// A port ends its waiting by itself.
  @Override
  public boolean isTimeout(long now) {
    return false;
  }

  @Override
  public InetAddress getInetAddress() {
    return local.getAddress();
  }

  @Override
  public int getPort() {
    PassivePort open = port();
    return open == null ? 0 : open.number();
  }
}
