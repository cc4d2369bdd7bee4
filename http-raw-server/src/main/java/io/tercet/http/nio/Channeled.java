package io.tercet.http.nio;

import java.nio.channels.SelectableChannel;

/// Has a channel that a selector can watch.
interface Channeled {
  SelectableChannel channel();
}
