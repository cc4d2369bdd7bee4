package io.tercet.files.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FtpDownloadTest {
  private static final int LARGE = 30_000_000;

  @Test
  void endsSoonAfterTheReaderLeftTheRoom(@TempDir Path data) throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(data, chat, "--tercet.files.download.access-check=0ms")) {
      Person ada = chat.person("ada");
      chat.account(ada, RawFtp.PASSWORD);
      UUID room = chat.room("leaving", ada);
      service.send(ada, "PUT", "/api/files/rooms/" + room + "/large", new byte[LARGE]);
      try (RawFtp ftp = RawFtp.signedIn(ada, service.bean(EmbeddedFtpServer.class).port())) {
        Socket download = ftp.connectData();
        assertThat(ftp.say("RETR /rooms/leaving/large")).startsWith("150");
        download.getInputStream().readNBytes(1000);

        chat.leave(room, ada);

        assertThat(bytesUntilItEnds(download.getInputStream())).isLessThan(LARGE - 1000);
        assertThat(ftp.reply()).startsWith("550");
        assertThat(ftp.say("NOOP")).startsWith("200");
      }
    }
  }

  private static long bytesUntilItEnds(InputStream in) {
    long count = 0;
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count += n;
      }
    } catch (IOException _) {
      // a reset says that it is not whole
    }
    return count;
  }
}
