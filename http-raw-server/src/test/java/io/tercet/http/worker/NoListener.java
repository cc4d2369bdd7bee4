package io.tercet.http.worker;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A listener that nobody connects to.
record NoListener() implements Listener {
  @Override
  public @Nullable Socket accept() {
    return null;
  }

  @Override
  public void refuse() {}

  @Override
  public boolean isRefusing() {
    return false;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(0);
  }

  @Override
  public void close() {}
}
