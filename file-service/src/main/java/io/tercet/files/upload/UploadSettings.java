package io.tercet.files.upload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `fileSizeMax`: the largest file. `concurrentMax`: how many uploads may run at once, over HTTP
/// and FTP together. `filesPerRequestMax`: how many files one form may have.
@ConfigurationProperties("tercet.files.upload")
public record UploadSettings(DataSize fileSizeMax, int concurrentMax, int filesPerRequestMax) {
  public UploadSettings {
    if (fileSizeMax.toBytes() < 1 || concurrentMax < 1 || filesPerRequestMax < 1) {
      throw new IllegalArgumentException(
          "limits of uploads must be positive, not "
              + fileSizeMax
              + ", "
              + concurrentMax
              + ", "
              + filesPerRequestMax);
    }
  }
}
