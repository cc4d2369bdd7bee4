package io.tercet.files.ftp;

import io.tercet.files.chat.ChatService;
import io.tercet.files.datafolder.DataFolder;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FtpSettings.class)
class FtpConfiguration {

  @Bean
  FtpDoor ftpDoor(
      Features features, ChatService chat, FtpSettings settings, DataFolder data, Clock clock) {
    return new FtpDoor(
        features,
        new SignIn(chat, settings.idleMax()),
        () -> Certificate.at(data.file("ftp-tls.p12"), clock));
  }
}
