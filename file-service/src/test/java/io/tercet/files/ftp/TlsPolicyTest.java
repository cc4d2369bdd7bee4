package io.tercet.files.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.net.InetSocketAddress;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.junit.jupiter.api.Test;

/// Which clients need TLS. Clients on other machines are mocks, because a test has one machine.
class TlsPolicyTest {
  private final FtpSession session = mock(FtpSession.class, RETURNS_DEEP_STUBS);
  private final FtpRequest request = mock(FtpRequest.class);

  @Test
  void refusesAPasswordInClearFromElsewhereAndSaysWhatToDo() throws Exception {
    from("192.0.2.7", false, false);

    assertThat(ask("USER")).isEqualTo(FtpletResult.SKIP);
    assertThat(ask("pass")).isEqualTo(FtpletResult.SKIP);
    verify(session, times(2))
        .write(argThat(reply -> reply.getCode() == 530 && reply.toString().contains("AUTH TLS")));
    assertThat(ask("AUTH")).isEqualTo(FtpletResult.DEFAULT);
  }

  @Test
  void refusesFilesInClearFromElsewhere() throws Exception {
    from("192.0.2.7", true, false);

    assertThat(ask("USER")).isEqualTo(FtpletResult.DEFAULT);
    assertThat(ask("PASV")).isEqualTo(FtpletResult.SKIP);
    assertThat(ask("EPSV")).isEqualTo(FtpletResult.SKIP);
  }

  @Test
  void letsProtectedClientsIn() throws Exception {
    from("192.0.2.7", true, true);

    assertThat(ask("PASS")).isEqualTo(FtpletResult.DEFAULT);
    assertThat(ask("PASV")).isEqualTo(FtpletResult.DEFAULT);
  }

  @Test
  void letsThisMachineInWithoutTls() throws Exception {
    from("127.0.0.1", false, false);
    assertThat(ask("PASS")).isEqualTo(FtpletResult.DEFAULT);
    from("::1", false, false);
    assertThat(ask("PASV")).isEqualTo(FtpletResult.DEFAULT);
    verify(session, never()).write(argThat(_ -> true));
  }

  @Test
  void letsAnyoneInWhereTheOperatorSaysSo() throws Exception {
    from("192.0.2.7", false, false);
    when(request.getCommand()).thenReturn("PASS");

    assertThat(new TlsPolicy(FtpSettings.Plain.ANYONE).beforeCommand(session, request))
        .isEqualTo(FtpletResult.DEFAULT);
  }

  private void from(String address, boolean secure, boolean dataSecure) {
    when(session.getClientAddress()).thenReturn(new InetSocketAddress(address, 4711));
    when(session.isSecure()).thenReturn(secure);
    when(session.getDataConnection().isSecure()).thenReturn(dataSecure);
  }

  private FtpletResult ask(String command) throws Exception {
    when(request.getCommand()).thenReturn(command);
    return new TlsPolicy(FtpSettings.Plain.LOOPBACK).beforeCommand(session, request);
  }
}
