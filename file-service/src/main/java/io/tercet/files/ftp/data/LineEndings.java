package io.tercet.files.ftp.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The two ways of `TYPE A`: lines end with CR LF on the network and with LF in a file.
///
/// - Source: RFC 959 §3.1.1.1.
final class LineEndings {
  private LineEndings() {}

  /// Writes CR LF for each LF that stands alone.
  static final class ToNetwork extends FilterOutputStream {
    private int last = -1;

    ToNetwork(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      if (b == '\n' && last != '\r') {
        out.write('\r');
      }
      out.write(b);
      last = b;
    }
  }

  /// Writes LF for each CR LF. A CR that ends the data is written by [#flush].
  static final class FromNetwork extends FilterOutputStream {
    private boolean afterReturn;

    FromNetwork(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      if (afterReturn && b != '\n') {
        out.write('\r');
      }
      afterReturn = b == '\r';
      if (!afterReturn) {
        out.write(b);
      }
    }

    @Override
    public void flush() throws IOException {
      if (afterReturn) {
        out.write('\r');
        afterReturn = false;
      }
      super.flush();
    }
  }
}
