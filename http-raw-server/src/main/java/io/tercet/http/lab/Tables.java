package io.tercet.http.lab;

import io.tercet.http.proc.TcpStates;
import io.tercet.http.proc.TcpStates.State;
import java.util.List;
import java.util.function.UnaryOperator;

/// The tables below the plots.
final class Tables {
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
  private static final List<String> FULL_QUEUE =
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

  private Tables() {}

  /// Every figure of these cells.
  static void numbers(StringBuilder out, List<Cell> cells, UnaryOperator<String> modelCell) {
    begin(out, NUMBERS);
    for (Cell cell : cells) {
      out.append("<tr>").append(modelCell.apply(cell.model()));
      number(out, cell.connections(), false);
      switch (cell.outcome()) {
        case Cell.Skipped(String reason) ->
            out.append(
                "<td class=\"reason\" colspan=\"%d\">%s</td>"
                    .formatted(NUMBERS.size() - 2, Html.escaped(reason)));
        case Measurement measurement -> figures(out, measurement);
      }
      out.append("</tr>\n");
    }
    out.append("</table></div>\n");
  }

  /// The kernel's connections of these cells.
  static void states(StringBuilder out, List<Cell> cells, UnaryOperator<String> modelCell) {
    begin(out, STATES);
    for (Cell cell : cells) {
      if (cell.outcome() instanceof Measurement measurement) {
        TcpStates after = measurement.after();
        out.append("<tr>").append(modelCell.apply(cell.model()));
        number(out, cell.connections(), false);
        out.append(cell.scenario().keepAlive() ? "<td>keep-alive</td>" : "<td>close</td>");
        number(out, measurement.during().atServer(State.ESTABLISHED), false);
        number(out, after.atServer(State.TIME_WAIT), false);
        number(out, after.atClients(State.TIME_WAIT), false);
        number(out, after.atServer(State.CLOSE_WAIT), true);
        out.append("</tr>\n");
      }
    }
    out.append("</table></div>\n");
  }

  /// What became of those that nobody accepted.
  static void fullQueue(StringBuilder out, FullQueue full) {
    begin(out, FULL_QUEUE);
    out.append("<tr>");
    number(out, full.listeners(), false);
    number(out, full.backlog(), false);
    number(out, full.clients(), false);
    number(out, full.states().atClients(State.ESTABLISHED), false);
    number(out, full.states().atServer(State.ESTABLISHED), false);
    number(out, full.states().atServer(State.SYN_RECV), false);
    number(out, full.states().atClients(State.SYN_SENT), false);
    number(out, (double) full.queue().overflows(), true);
    number(out, (double) full.queue().drops(), true);
    out.append("</tr>\n</table></div>\n");
  }

  private static void figures(StringBuilder out, Measurement measurement) {
    Measurement.Service service = measurement.service();
    number(out, measurement.perSecond(), false);
    number(out, service.times().p50(), false);
    number(out, service.times().p99(), false);
    number(out, service.times().p999(), false);
    number(out, measurement.cpuMicros(), false);
    number(out, measurement.usage().memoryKib() / 1024.0, false);
    number(out, measurement.usage().threads(), false);
    number(out, measurement.usage().descriptors(), false);
    number(out, (double) service.starved(), true);
    number(out, (double) service.failed(), true);
    out.append("<td>%.0f %%</td>".formatted(service.clientBusy() * 100));
  }

  private static void begin(StringBuilder out, List<String> names) {
    out.append("<div class=\"scroll\"><table><tr>");
    names.forEach(name -> out.append("<th>").append(name).append("</th>"));
    out.append("</tr>\n");
  }

  /// @param alarming whether anything but zero is bad news
  private static void number(StringBuilder out, double value, boolean alarming) {
    out.append(alarming && value > 0 ? "<td class=\"bad\">" : "<td>")
        .append(Html.figure(value))
        .append("</td>");
  }
}
