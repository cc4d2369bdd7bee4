package io.tercet.http.file;

import io.tercet.http.message.Body;
import io.tercet.http.message.Body.Piece;
import io.tercet.http.message.Body.Region;
import io.tercet.http.message.Body.Text;
import io.tercet.http.message.OpenFile;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// The bytes of a file that is about to be served: in memory, or still in the open file.
public sealed interface FileContent {

  /// All of it, as a body.
  Body whole();

  /// These pieces of it, as a body.
  Body pieces(List<Piece> pieces);

  /// Gives it back when it is not sent after all.
  default void release() {}

  /// In memory, and perhaps shared with other responses.
  record InMemory(Body.Bytes body) implements FileContent {
    @Override
    public Body whole() {
      return body;
    }

    @Override
    public Body pieces(List<Piece> pieces) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (Piece piece : pieces) {
        joined.writeBytes(
            switch (piece) {
              case Text text -> text.bytes();
              case Region region -> {
                int from = (int) region.position();
                yield Arrays.copyOfRange(body.bytes(), from, from + (int) region.length());
              }
            });
      }
      return new Body.Bytes(joined.toByteArray());
    }
  }

  /// In an open file, which it owns.
  record InFile(OpenFile file) implements FileContent {
    @Override
    public Body whole() {
      return pieces(List.of(new Region(0, file.length())));
    }

    @Override
    public Body pieces(List<Piece> pieces) {
      return new Body.OfFile(file, pieces);
    }

    @Override
    public void release() {
      file.close();
    }
  }
}
