package io.tercet.files.ftp;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.datafolder.DataFolder;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FtpSettings.class)
class FtpConfiguration {

  @Bean
  EmbeddedFtpServer ftpServer(
      FileOperations operations,
      ChatClient chat,
      FtpSettings settings,
      DataFolder data,
      Clock clock) {
    return new EmbeddedFtpServer(
        operations,
        new FtpLogin(chat, settings.idleMax()),
        () -> SelfSignedCertificate.at(data.file("ftp-tls.p12"), clock));
  }
}
