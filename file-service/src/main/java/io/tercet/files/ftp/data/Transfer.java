package io.tercet.files.ftp.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// An open data connection.
///
/// - Threading: confined to its command, but [#abort] and [#bytes] may be called from any thread.
/// - Ownership: the command that opened it closes it.
public final class Transfer implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  private final Socket socket;
  private final DataSocket connection;
  private final boolean ascii;
  private final Transfers running;
  private final LongAdder bytes = new LongAdder();
  private volatile @Nullable String abortReason;

  Transfer(Socket socket, DataSocket connection, boolean ascii, Transfers running) {
    this.socket = socket;
    this.connection = connection;
    this.ascii = ascii;
    this.running = running;
  }

  /// Takes bytes of an upload as they come.
  public interface Sink {
    void write(byte[] bytes, int offset, int length);
  }

  /// Receives everything up to the end of the connection.
  public void receive(Sink sink) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = ascii ? new LineEndings.FromNetwork(buffered(sink)) : stream(sink)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.add(n);
        out.write(buffer, 0, n);
      }
    }
  }

  private static OutputStream buffered(Sink sink) {
    return new BufferedOutputStream(stream(sink), BUFFER_BYTES);
  }

  private static OutputStream stream(Sink sink) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        sink.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) {
        sink.write(source, offset, length);
      }
    };
  }

  /// Where the bytes of a file go; closing it ends the transfer, so that the client takes it for
  /// whole.
  public OutputStream file() throws IOException {
    OutputStream plain = text();
    return ascii ? new LineEndings.ToNetwork(plain) : plain;
  }

  /// Where the lines of a listing go, each with its CR LF; see [#file].
  public OutputStream text() throws IOException {
    return new BufferedOutputStream(new Counted(socket.getOutputStream()), BUFFER_BYTES);
  }

  /// Whether the client said that this is the end, after the end was read: with close_notify over
  /// TLS. Without TLS nothing can say so, and this is false.
  public boolean saidItsEnd() {
    return socket != connection && !connection.ended();
  }

  /// Whether TLS could have said that this is the end, and did not.
  public boolean wasCutOff() {
    return socket != connection && connection.ended();
  }

  /// Why the server ended it; null if it did not.
  public @Nullable String abortReason() {
    return abortReason;
  }

  long bytes() {
    return bytes.sum();
  }

  void abort(String reason) {
    abortReason = reason;
    connection.abort();
  }

  /// Ends a transfer that is not whole so that the client can tell: with a reset.
  public void breakOff() {
    connection.reset();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // the client is gone already
    } finally {
      connection.abort();
      running.remove(this);
    }
  }

  private final class Counted extends OutputStream {
    private final OutputStream out;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      bytes.increment();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
      bytes.add(length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
