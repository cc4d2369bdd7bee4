package io.tercet.files.upload;

import io.tercet.files.blob.IncomingBlob;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;

/// Detects the media type of a file from its first bytes and its name. It ignores the type that the
/// client sent.
class MediaTypeDetector {
  private final Detector detector = new DefaultDetector(MimeTypes.getDefaultMimeTypes());

  String detect(IncomingBlob bytes, String name) {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try {
      return detector.detect(bytes.head(), metadata).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }
}
