package io.tercet.http.server;

import io.tercet.http.connection.Observer;

/// Logs exceptions of handlers and failures of the server itself; counts nothing.
public final class FailureLog implements Observer {
  private static final System.Logger LOG = System.getLogger(FailureLog.class.getName());

  @Override
  public void failed(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "answer request failed", failure);
  }
}
