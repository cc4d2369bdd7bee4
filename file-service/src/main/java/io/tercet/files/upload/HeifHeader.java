package io.tercet.files.upload;

import io.tercet.files.catalog.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How wide and high the primary item of an AVIF or HEIC file is shown: by its properties `ispe`,
/// which gives both, and `irot`, which turns it. A picture that is cut (`clap`) counts as a whole.
///
/// Sources: ISO/IEC 14496-12 §8.11 (`meta`, `pitm`, `iprp`), 23008-12 §6.5 (`ispe`, `irot`) and
/// §9.3 (`ipma`).
final class HeifHeader {

  private static final int META = 0x6D657461;
  private static final int PITM = 0x7069746D;
  private static final int IPRP = 0x69707270;
  private static final int IPCO = 0x6970636F;
  private static final int IPMA = 0x69706D61;
  private static final int ISPE = 0x69737065;
  private static final int IROT = 0x69726F74;

  private final Bytes file;

  /// Bytes of a file in big-endian order.
  interface Bytes {
    ByteBuffer at(long position, int length) throws IOException;
  }

  /// A box: where its content begins and ends.
  private record Box(int type, long begin, long end) {}

  HeifHeader(Bytes file) {
    this.file = file;
  }

  /// Null if the file does not say it. An [IndexOutOfBoundsException] ends the reading of a file
  /// that is too short, or has too many boxes.
  Item.@Nullable Pixels pixels() throws IOException {
    Box meta = find(META, 0, Long.MAX_VALUE);
    Box primary = find(PITM, meta.begin() + 4, meta.end());
    Box properties = find(IPRP, meta.begin() + 4, meta.end());
    Box container = find(IPCO, properties.begin(), properties.end());
    Box associations = find(IPMA, properties.begin(), properties.end());
    boolean wideId = file.at(primary.begin(), 1).get(0) != 0;
    ByteBuffer item = file.at(primary.begin() + 4, wideId ? 4 : 2);
    return shown(
        boxes(container), propertiesOf(wideId ? item.getInt(0) : item.getChar(0), associations));
  }

  private Item.@Nullable Pixels shown(List<Box> all, List<Integer> indexes) throws IOException {
    Item.Pixels size = null;
    boolean turned = false;
    for (int index : indexes) {
      Box property = all.get(index - 1);
      if (property.type() == ISPE) {
        ByteBuffer both = file.at(property.begin() + 4, 8);
        size = ImageHeader.pixels(both.getInt(0), both.getInt(4));
      } else if (property.type() == IROT) {
        turned = (file.at(property.begin(), 1).get(0) & 1) == 1;
      }
    }
    return size != null && turned
        ? new Item.Pixels(/* width= */ size.height(), /* height= */ size.width())
        : size;
  }

  /// The properties of an item: their places in the container, from 1 on.
  private List<Integer> propertiesOf(int itemId, Box associations) throws IOException {
    long length = Math.min(associations.end() - associations.begin(), Integer.MAX_VALUE);
    ByteBuffer box = file.at(associations.begin(), (int) length);
    boolean wideIds = box.get() != 0;
    boolean wideIndexes = (box.position(3).get() & 1) == 1;
    for (long items = Integer.toUnsignedLong(box.getInt()); items > 0; items--) {
      int item = wideIds ? box.getInt() : box.getChar();
      List<Integer> indexes = new ArrayList<>();
      for (int count = box.get() & 0xFF; count > 0; count--) {
        indexes.add(wideIndexes ? box.getChar() & 0x7FFF : box.get() & 0x7F);
      }
      if (item == itemId) {
        indexes.removeIf(index -> index == 0);
        return indexes;
      }
    }
    return List.of();
  }

  private Box find(int type, long begin, long end) throws IOException {
    for (long position = begin; position < end; ) {
      Box box = box(position);
      if (box.type() == type) {
        return box;
      }
      position = box.end();
    }
    throw new IndexOutOfBoundsException("no such box");
  }

  private List<Box> boxes(Box parent) throws IOException {
    List<Box> boxes = new ArrayList<>();
    for (long position = parent.begin(); position < parent.end(); ) {
      Box box = box(position);
      boxes.add(box);
      position = box.end();
    }
    return boxes;
  }

  private Box box(long position) throws IOException {
    ByteBuffer head = file.at(position, 8);
    long size = Integer.toUnsignedLong(head.getInt(0));
    // 1 means that 64 bits follow, and 0 that the box is the last one: neither is a header.
    if (size < 8) {
      throw new IndexOutOfBoundsException("no box");
    }
    return new Box(head.getInt(4), position + 8, position + size);
  }
}
