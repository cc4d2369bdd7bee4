package io.tercet.lab.report;

import io.tercet.lab.comparison.ComparisonResults;
import io.tercet.lab.comparison.Measurement;
import io.tercet.lab.comparison.Scenario;
import io.tercet.lab.comparison.Trial;
import io.tercet.lab.proc.Machine;
import io.tercet.lab.text.BundledText;
import io.tercet.lab.text.Html;
import io.tercet.lab.text.Numbers;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The results as one page of HTML that needs nothing else: plots, numbers, explanations.
public final class Report {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ComparisonResults results;
  private final List<String> models;
  private final StringBuilder out = new StringBuilder();

  private Report(ComparisonResults results) {
    this.results = results;
    this.models = results.models();
  }

  /// The page.
  public static String html(ComparisonResults results) {
    Report report = new Report(results);
    report.head();
    report.glance();
    for (Scenario scenario : Scenario.values()) {
      report.scenario(scenario);
    }
    report.states();
    report.acceptQueue();
    report.models();
    report.end();
    return report.out.toString();
  }

  private void head() {
    String title = models.size() == 1 ? "One model" : count() + " models, one server";
    Machine machine = results.machine();
    out.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        <p class="lede">The same parser, the same handlers and the same traffic. All that
        changes from \
        line to line is who waits for the socket: that is what a concurrency model is, and this is \
        what it costs.</p>
        <div class="facts">
        """
            .formatted(title, BundledText.read(Report.class, "report.css"), title));
    fact("When", TIME.format(results.when()));
    fact("Commit", results.commit());
    fact("Machine", machine.cores() + " cores, " + machine.processor());
    fact("Memory", machine.memoryMib() / 1024 + " GiB");
    fact("System", machine.system());
    fact("Java", machine.java());
    fact("Load before", machine.load());
    fact("Each figure", Numbers.significant(results.seconds()) + " s, after a warm-up");
    out.append("</div></header>\n<main>\n<nav class=\"legend\" aria-label=\"Models\">");
    for (String model : models) {
      out.append(
          "<a class=\"%s\" href=\"#model-%s\">%s%s</a>\n"
              .formatted(
                  ModelStyle.styleClass(model),
                  Html.escaped(model),
                  swatch(model),
                  Html.escaped(model)));
    }
    out.append("</nav>\n");
  }

  private String count() {
    List<String> words =
        List.of("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight");
    return models.size() < words.size()
        ? words.get(models.size())
        : Integer.toString(models.size());
  }

  private void fact(String name, String value) {
    out.append("<span>%s <b>%s</b></span>\n".formatted(name, Html.escaped(value)));
  }

  /// One row a model: what somebody who reads nothing else should see.
  private void glance() {
    out.append(
        """
        <h2>At a glance</h2>
        <p>Load and server share this machine, so compare within a column, not with other
        pages. The \
        load is a closed loop: each client asks again when it has its answer. A request that \
        waited through all of a measurement, without an answer, is “starved” and counts in the \
        percentiles with the time that it had waited so far, so that nobody looks good by \
        forgetting people. One that began meanwhile and was not answered yet counts nowhere.</p>
        """);
    List<Integer> counts = results.connections(Scenario.SMALL);
    String few = counts.isEmpty() ? "few" : Numbers.significant(counts.getFirst());
    String many = counts.isEmpty() ? "many" : Numbers.significant(counts.getLast());
    List<Integer> slowCounts = results.connections(Scenario.SLOW);
    String slow = slowCounts.isEmpty() ? "many" : Numbers.significant(slowCounts.getLast());
    List<Figure> figures =
        List.of(
            new Figure("most requests/s", model -> most(model, Scenario.SMALL)),
            new Figure("CPU µs/request at " + few, model -> cpu(model, false)),
            new Figure("… at " + many, model -> cpu(model, true)),
            new Figure("KiB per connection", m -> last(m, Measurement::memoryKibPerConnection)),
            new Figure("threads per connection", m -> last(m, Measurement::threadsPerConnection)),
            new Figure(
                "descriptors per connection", m -> last(m, Measurement::descriptorsPerConnection)),
            new Figure("requests/s beside " + slow + " slow clients", this::besideSlow),
            new Figure("… with a waiting handler", model -> most(model, Scenario.WAIT)),
            new Figure("… with a computing one", model -> most(model, Scenario.COMPUTE)));
    out.append("<div class=\"scroll\"><table><tr><th>model</th>");
    figures.forEach(figure -> out.append("<th>" + figure.name() + "</th>"));
    out.append("</tr>\n");
    for (String model : models) {
      out.append("<tr>").append(modelCell(model));
      figures.forEach(figure ->
          out.append("<td>" + Numbers.significant(figure.of().applyAsDouble(model)) + "</td>"));
      out.append("</tr>\n");
    }
    out.append("</table></div>\n");
  }

  /// A column of the first table.
  private record Figure(String name, ToDoubleFunction<String> of) {}

  private double most(String model, Scenario scenario) {
    return measured(model, scenario).stream()
        .mapToDouble(Measurement::perSecond)
        .max()
        .orElse(Double.NaN);
  }

  private double besideSlow(String model) {
    List<Integer> counts = results.connections(Scenario.SLOW);
    return counts.isEmpty()
        ? Double.NaN
        : at(model, Scenario.SLOW, counts.getLast(), Measurement::perSecond);
  }

  /// At the most or the fewest connections of all models, so that a column compares the same.
  private double cpu(String model, boolean most) {
    List<Integer> counts = results.connections(Scenario.SMALL);
    if (counts.isEmpty()) {
      return Double.NaN;
    }
    int count = most ? counts.getLast() : counts.getFirst();
    return at(model, Scenario.SMALL, count, Measurement::cpuMicros);
  }

  private double at(
      String model, Scenario scenario, int count, ToDoubleFunction<Measurement> figure) {
    return results.at(model, scenario, count).map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private double last(String model, ToDoubleFunction<Measurement> figure) {
    List<Measurement> all = measured(model, Scenario.SMALL);
    return all.isEmpty() ? Double.NaN : figure.applyAsDouble(all.getLast());
  }

  private List<Measurement> measured(String model, Scenario scenario) {
    return results.connections(scenario).stream()
        .map(count -> results.at(model, scenario, count))
        .flatMap(Optional::stream)
        .toList();
  }

  private void scenario(Scenario scenario) {
    List<Integer> connections = results.connections(scenario);
    if (connections.isEmpty()) {
      return;
    }
    out.append(
        "<section><h2 id=\"%s\">%s</h2>\n<p>%s</p>\n<div class=\"plots\">\n"
            .formatted(
                scenario.name().toLowerCase(Locale.ROOT),
                ScenarioDescriptions.title(scenario),
                ScenarioDescriptions.text(scenario, results.machine().cores())));
    for (PlottedMetric series : PlottedMetric.of(scenario)) {
      out.append(
          new Plot(
                  series.title(),
                  series.unit(),
                  series.logarithmic(),
                  scenario == Scenario.SLOW ? "slow connections" : "connections",
                  models,
                  connections,
                  (model, count) -> at(model, scenario, count, series.value()))
              .svg());
    }
    out.append("</div>\n<details><summary>The numbers</summary>\n");
    ReportTables.numbers(out, results.of(scenario).toList(), Report::modelCell);
    out.append("</details></section>\n");
  }

  private void states() {
    List<Trial> trials = new ArrayList<>();
    for (Scenario scenario : List.of(Scenario.SMALL, Scenario.CLOSE)) {
      results
          .of(scenario)
          .filter(trial -> trial.connections() <= Scenario.CLOSE.connectionsMax())
          .filter(trial -> trial.outcome() instanceof Measurement)
          .forEach(trials::add);
    }
    if (trials.isEmpty()) {
      return;
    }
    out.append(
        """
        <section><h2 id="states">Who closes first</h2>
        <p>The kernel's own table of connections, counted while they were used and again when
        all were \
        closed. Each connection on one machine is two entries, the server's end and the
        client's. The end \
        that closes first stays in TIME_WAIT for a minute; with Connection: close that is the
        server's, \
        with keep-alive the client's. CLOSE_WAIT is an end whose other side has gone and whose
        program has not \
        noticed: it should be zero when all is over.</p>
        """);
    ReportTables.states(out, trials, Report::modelCell);
    out.append("</section>\n");
  }

  private void acceptQueue() {
    if (results.overflow().isEmpty()) {
      return;
    }
    out.append(
        """
        <section><h2 id="queue">When the queue is full</h2>
        <p>A server that takes one connection after another was held up by a client that begins \
        a request and does not end it, and the others came meanwhile. The kernel completes \
        their handshakes by itself and queues them for the server, up to backlog and one more \
        for each listener. Then it drops what comes: the end of a handshake, so that the client \
        believes that it is connected and the server has never heard of it, and whole requests \
        for a connection, which are sent again after a second. Each time is counted, for the \
        whole machine. In the other measurements each queue has room for 4,096, which only the \
        largest of them can fill, where a model accepts slowly or not at all.</p>
        """);
    ReportTables.acceptQueue(out, results.overflow().get());
    out.append("</section>\n");
  }

  private void models() {
    out.append("<section><h2 id=\"models\">Why the curves have their shape</h2>\n");
    out.append("<div class=\"models\">\n");
    for (String model : models) {
      out.append(
          """
          <article class="model %s" id="model-%s"><h3>%s%s</h3>
          <p>%s</p>
          <p class="measured">%s</p></article>
          """
              .formatted(
                  ModelStyle.styleClass(model),
                  Html.escaped(model),
                  swatch(model),
                  Html.escaped(model),
                  Html.escaped(ModelExplanations.of(model, results.machine().cores())),
                  Html.escaped(MeasuredSummary.of(model, results))));
    }
    out.append("</div></section>\n");
  }

  private void end() {
    out.append(
        """
        <footer><h2 id="repeat">Do it again</h2>
        <pre>%s</pre>
        <p>The load runs on half of the cores, from the same machine, and goes first (the
        server runs with nice 10), so that it still measures well when every thread of the
        server has work; “load busy” in the tables says how much of those cores it used. Where
        that is near 100%% the load was the limit, and CPU per request is what to compare.
        Measuring begins when the server has taken all connections, or takes no more of them.
        Memory is the proportional set size of the server and its workers, after a warm-up, in a
        heap that may grow to 512 MiB.</p>
        </footer>
        </main>
        </body>
        </html>
        """
            .formatted(Html.escaped(results.command())));
  }

  private static String modelCell(String model) {
    return "<td>" + swatch(model) + Html.escaped(model) + "</td>";
  }

  private static String swatch(String model) {
    return "<svg class=\"%s\" viewBox=\"-6 -6 12 12\" aria-hidden=\"true\">"
            .formatted(ModelStyle.styleClass(model))
        + "<path class=\"mark\" d=\"%s\"/></svg>".formatted(ModelStyle.mark(model, 0, 0));
  }
}
