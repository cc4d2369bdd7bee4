package io.tercet.http;

import io.tercet.http.connection.Observer;

/// Logs what handlers throw, and what breaks beside them; counts nothing.
final class Failures implements Observer {
  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  @Override
  public void failed(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "answer request failed", failure);
  }
}
