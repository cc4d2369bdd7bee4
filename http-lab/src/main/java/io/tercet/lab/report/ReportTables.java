package io.tercet.lab.report;

import io.tercet.lab.comparison.AcceptQueueOverflow;
import io.tercet.lab.comparison.Measurement;
import io.tercet.lab.comparison.Trial;
import io.tercet.lab.proc.TcpStates;
import io.tercet.lab.proc.TcpStates.State;
import io.tercet.lab.text.Html;
import io.tercet.lab.text.Numbers;
import java.util.List;
import java.util.function.UnaryOperator;

/// The tables below the plots.
final class ReportTables {
  private static final List<String> NUMBERS =
      List.of(
          "model",
          "connections",
          "requests/s",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "CPU µs",
          "MiB",
          "threads",
          "descriptors",
          "starved",
          "failed",
          "load busy");
  private static final List<String> STATES =
      List.of(
          "model",
          "connections",
          "traffic",
          "ESTABLISHED",
          "TIME_WAIT at server",
          "TIME_WAIT at clients",
          "CLOSE_WAIT after");
  private static final List<String> ACCEPT_QUEUE =
      List.of(
          "listeners",
          "room in each queue",
          "clients",
          "ESTABLISHED at clients",
          "ESTABLISHED at server",
          "SYN_RECV at server",
          "SYN_SENT at clients",
          "queue overflows",
          "dropped");

  private ReportTables() {}

  /// Everything that was measured in these trials.
  static void numbers(StringBuilder out, List<Trial> trials, UnaryOperator<String> modelCell) {
    begin(out, NUMBERS);
    for (Trial trial : trials) {
      out.append("<tr>").append(modelCell.apply(trial.model()));
      number(out, trial.connections(), false);
      switch (trial.outcome()) {
        case Trial.Skipped(String reason) ->
            out.append(
                "<td class=\"reason\" colspan=\"%d\">%s</td>"
                    .formatted(NUMBERS.size() - 2, Html.escaped(reason)));
        case Measurement measurement -> figures(out, measurement);
      }
      out.append("</tr>\n");
    }
    out.append("</table></div>\n");
  }

  /// The states of the kernel's connections in these trials.
  static void states(StringBuilder out, List<Trial> trials, UnaryOperator<String> modelCell) {
    begin(out, STATES);
    for (Trial trial : trials) {
      if (trial.outcome() instanceof Measurement measurement) {
        TcpStates after = measurement.after();
        out.append("<tr>").append(modelCell.apply(trial.model()));
        number(out, trial.connections(), false);
        out.append(trial.scenario().keepAlive() ? "<td>keep-alive</td>" : "<td>close</td>");
        number(out, measurement.during().atServer(State.ESTABLISHED), false);
        number(out, after.atServer(State.TIME_WAIT), false);
        number(out, after.atClients(State.TIME_WAIT), false);
        number(out, after.atServer(State.CLOSE_WAIT), true);
        out.append("</tr>\n");
      }
    }
    out.append("</table></div>\n");
  }

  /// What became of connections that nobody accepted.
  static void acceptQueue(StringBuilder out, AcceptQueueOverflow overflow) {
    begin(out, ACCEPT_QUEUE);
    out.append("<tr>");
    number(out, overflow.listeners(), false);
    number(out, overflow.backlog(), false);
    number(out, overflow.clients(), false);
    number(out, overflow.states().atClients(State.ESTABLISHED), false);
    number(out, overflow.states().atServer(State.ESTABLISHED), false);
    number(out, overflow.states().atServer(State.SYN_RECV), false);
    number(out, overflow.states().atClients(State.SYN_SENT), false);
    number(out, (double) overflow.queue().overflows(), true);
    number(out, (double) overflow.queue().drops(), true);
    out.append("</tr>\n</table></div>\n");
  }

  private static void figures(StringBuilder out, Measurement measurement) {
    Measurement.LoadSummary load = measurement.load();
    number(out, measurement.perSecond(), false);
    number(out, load.times().p50(), false);
    number(out, load.times().p99(), false);
    number(out, load.times().p999(), false);
    number(out, measurement.cpuMicros(), false);
    number(out, measurement.usage().memoryKib() / 1024.0, false);
    number(out, measurement.usage().threads(), false);
    number(out, measurement.usage().descriptors(), false);
    number(out, (double) load.starved(), true);
    number(out, (double) load.failed(), true);
    out.append("<td>%.0f %%</td>".formatted(load.clientBusy() * 100));
  }

  private static void begin(StringBuilder out, List<String> names) {
    out.append("<div class=\"scroll\"><table><tr>");
    names.forEach(name -> out.append("<th>").append(name).append("</th>"));
    out.append("</tr>\n");
  }

  /// @param alarming whether anything but zero is bad news
  private static void number(StringBuilder out, double value, boolean alarming) {
    out.append(alarming && value > 0 ? "<td class=\"bad\">" : "<td>")
        .append(Numbers.significant(value))
        .append("</td>");
  }
}
