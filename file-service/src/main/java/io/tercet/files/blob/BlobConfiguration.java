package io.tercet.files.blob;

import io.tercet.files.datafolder.DataFolder;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobSettings.class)
class BlobConfiguration {

  @Bean
  BlobStore blobStore(DataFolder data, BlobSettings settings, Supplier<UUID> newIds) {
    return new BlobStore(data, settings, newIds);
  }
}
