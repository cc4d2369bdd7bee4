package io.tercet.files.datafolder;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DataFolderConfiguration {

  @Bean
  DataFolder dataFolder(@Value("${tercet.data}") Path data) {
    return DataFolder.open(data);
  }
}
