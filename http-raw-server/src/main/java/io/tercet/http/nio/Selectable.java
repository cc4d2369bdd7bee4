package io.tercet.http.nio;

import java.nio.channels.SelectableChannel;

/// Something with a channel that a selector can watch.
interface Selectable {
  SelectableChannel channel();
}
