package io.tercet.files.ftp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// The least rate of transfers; the test says what time it is.
class TransfersTest {
  private static final long SECOND = 1_000_000_000L;

  // 1000 bytes a second over 60 s.
  private final Transfers transfers =
      new Transfers(
          new TransferSettings(
              Duration.ofSeconds(10),
              5,
              Duration.ofSeconds(60),
              DataSize.ofBytes(1000),
              Duration.ZERO,
              Duration.ZERO));
  private ServerSocket server;
  private Socket client;
  private DataSocket connection;
  private Transfer transfer;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    connection = new DataSocket();
    connection.connect(server.getLocalSocketAddress());
    client = server.accept();
    transfer = new Transfer(connection, connection, false, transfers);
    transfers.add(transfer, 0);
  }

  @AfterEach
  void close() throws IOException {
    transfer.close();
    client.close();
    server.close();
  }

  @Test
  void endsATransferThatStandsStill() {
    transfers.endSlowOnes(59 * SECOND);
    assertThat(transfer.abortReason()).isNull();

    transfers.endSlowOnes(60 * SECOND);
    assertThat(transfer.abortReason()).contains("60000 bytes in 60 s");
    assertThatThrownBy(() -> transfer.receive((_, _, _) -> {})).isInstanceOf(IOException.class);
  }

  @Test
  void countsEachPeriodByItself() throws IOException {
    send(1_000_000);
    transfers.endSlowOnes(60 * SECOND);
    send(59_999);
    transfers.endSlowOnes(119 * SECOND);
    assertThat(transfer.abortReason()).isNull();

    transfers.endSlowOnes(120 * SECOND);
    assertThat(transfer.abortReason()).isNotNull();
  }

  @Test
  void leavesATransferThatIsFastEnough() throws IOException {
    for (int minute = 1; minute <= 100; minute++) {
      send(60_000);
      transfers.endSlowOnes(minute * 60 * SECOND);
    }
    assertThat(transfer.abortReason()).isNull();
  }

  private void send(int bytes) throws IOException {
    Thread reading = Thread.ofVirtual().start(() -> read(bytes));
    OutputStream out = transfer.file();
    out.write(new byte[bytes]);
    out.flush();
    try {
      reading.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(int bytes) {
    try {
      client.getInputStream().skipNBytes(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
