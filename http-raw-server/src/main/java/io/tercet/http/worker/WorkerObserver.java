package io.tercet.http.worker;

import io.tercet.http.connection.Observer;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;

/// Passes on what one worker reports, and counts its open connections: a worker that was killed
/// cannot report that they are closed. Confined to one thread.
final class WorkerObserver implements Observer {
  private final Observer observer;
  private long open;

  WorkerObserver(Observer observer) {
    this.observer = observer;
  }

  @Override
  public void opened() {
    open++;
    observer.opened();
  }

  @Override
  public void closed() {
    open--;
    observer.closed();
  }

  @Override
  public void answered(Status status) {
    observer.answered(status);
  }

  @Override
  public void refused(Rule rule) {
    observer.refused(rule);
  }

  @Override
  public void sent(long bytes) {
    observer.sent(bytes);
  }

  void closeAll() {
    while (open > 0) {
      closed();
    }
  }
}
