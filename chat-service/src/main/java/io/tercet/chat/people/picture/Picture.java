package io.tercet.chat.people.picture;

import java.util.List;

/// The picture of a person: the same square in each of [PictureMaker#SIZES].
///
/// @param hash SHA-256 of the bytes of all renditions, 64 hexadecimal digits
public record Picture(String hash, List<Rendition> renditions) {

  /// The picture in one size.
  ///
  /// @param size pixels of its width, which is its height as well
  /// @param mediaType `image/jpeg` or `image/png`
  /// @param bytes the file; nobody changes the array
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them.
  public record Rendition(int size, String mediaType, byte[] bytes) {}
}
