package io.tercet.files.ftp.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// The TCP connection below a transfer. It knows whether the client has closed it.
///
/// An [javax.net.ssl.SSLSocket] above it reports an end without close_notify like any other end.
/// Then it has read this connection to its end; after a close_notify it has not.
///
/// - Threading: [#abort] may be called from any thread, and does not block.
final class DataSocket extends Socket {
  private volatile boolean ended;

  /// Whether the end of the TCP connection was read.
  boolean ended() {
    return ended;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int value = super.read();
        ended |= value < 0;
        return value;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        ended |= count < 0;
        return count;
      }
    };
  }

  /// Closes the connection with a TCP reset, which no client takes for the end of a file.
  void reset() {
    try {
      setSoLinger(true, 0);
    } catch (IOException _) {
      // it is closed already
    }
    abort();
  }

  /// Closes the connection under whatever reads or writes it.
  void abort() {
    try {
      close();
    } catch (IOException _) {
      // it is closed all the same
    }
  }
}
