package io.tercet.files.ftp;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.datafolder.DataFolder;
import io.tercet.files.ftp.command.Commands;
import io.tercet.files.ftp.control.ConnectionSettings;
import io.tercet.files.ftp.data.TransferSettings;
import io.tercet.files.ftp.view.FileOperations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.apache.ftpserver.command.CommandFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  FtpSettings.class,
  ConnectionSettings.class,
  TransferSettings.class
})
class FtpConfiguration {

  @Bean
  CommandFactory ftpCommands(
      ChatClient chat,
      FileOperations operations,
      FtpSettings settings,
      ConnectionSettings connections) {
    return Commands.all(chat, operations, connections, address(settings.passiveAddress()));
  }

  private static @Nullable InetAddress address(String text) {
    try {
      return text.isBlank() ? null : InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("passive-address must be an address, not " + text, e);
    }
  }

  @Bean
  EmbeddedFtpServer ftpServer(
      CommandFactory commands,
      FtpSettings settings,
      ConnectionSettings connections,
      TransferSettings transfers,
      DataFolder data,
      Clock clock) {
    return new EmbeddedFtpServer(
        commands,
        settings,
        connections,
        transfers,
        () -> SelfSignedCertificate.at(data.file("ftp-tls.p12"), clock));
  }
}
