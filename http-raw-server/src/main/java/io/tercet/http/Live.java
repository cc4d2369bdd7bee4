package io.tercet.http;

import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.Server;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.lab.LiveServer;
import io.tercet.http.metrics.AnswerTimes;
import io.tercet.http.metrics.Figures;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The running server, for those who look at it and exchange its model.
///
/// @param times of the server's answers
record Live(Server server, Models makes, Figures figures, AnswerTimes times) implements LiveServer {
  private static final System.Logger LOG = System.getLogger(Live.class.getName());

  @Override
  public int port() {
    return server.address().getPort();
  }

  @Override
  public String model() {
    return server.model().name();
  }

  @Override
  public List<String> models() {
    return Arrays.stream(Settings.Model.values()).map(Settings.Model::word).toList();
  }

  @Override
  public void swap(String name) throws IOException {
    Settings.Model wanted =
        Settings.Model.of(name).orElseThrow(() -> new IOException("there is no model " + name));
    String before = model();
    ConcurrencyModel next = makes.make(wanted);
    server.swap(next);
    LOG.log(System.Logger.Level.INFO, "swapped " + before + " for " + name);
  }

  @Override
  public long requests() {
    return figures.requestCount();
  }

  @Override
  public long connections() {
    return figures.connectionCount();
  }

  @Override
  public Optional<SortedMap<Long, Long>> answerTimes() {
    return server.model().traits().contains(Trait.OTHER_PROCESSES)
        ? Optional.empty()
        : Optional.of(times.counts());
  }
}
