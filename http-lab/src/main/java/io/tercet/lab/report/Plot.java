package io.tercet.lab.report;

import io.tercet.lab.text.Html;
import io.tercet.lab.text.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// A plot over connections, one line for each model, as SVG. Connections are on a logarithmic axis;
/// the name of each model stands at the end of its line.
///
/// @param title what is plotted
/// @param unit of it
/// @param logarithmic whether the vertical axis is so too; zero then lies on its lower end
/// @param axis what is counted on the horizontal axis
/// @param models from the first drawn to the last
/// @param connections of the points, ascending
/// @param value of a model at so many connections; NaN where there is none
record Plot(
    String title,
    String unit,
    boolean logarithmic,
    String axis,
    List<String> models,
    List<Integer> connections,
    BiFunction<String, Integer, Double> value) {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 270;
  private static final double LEFT = 46;
  private static final double RIGHT = 112;
  private static final double TOP = 14;
  private static final double BOTTOM = 34;
  private static final double LABEL_GAP = 13;

  /// The end of a line, where its name goes.
  private record End(String model, double x, double y) {}

  /// The picture, with its caption; empty if there is nothing to show.
  String svg() {
    double[] all =
        models.stream()
            .flatMapToDouble(model -> connections.stream().mapToDouble(n -> value.apply(model, n)))
            .filter(Double::isFinite)
            .toArray();
    if (all.length == 0) {
      return "";
    }
    AxisScale scale = AxisScale.over(all, logarithmic, HEIGHT - BOTTOM, TOP);
    StringBuilder out = new StringBuilder();
    out.append("<figure class=\"plot\"><figcaption>")
        .append(Html.escaped(title))
        .append(" <span class=\"unit\">")
        .append(Html.escaped(unit))
        .append(
            "</span></figcaption><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\""
                .formatted(WIDTH, HEIGHT))
        .append(Html.escaped(title + ", " + unit))
        .append("\">");
    grid(out, scale);
    List<End> ends = new ArrayList<>();
    models.forEach(model -> line(out, scale, model, ends));
    names(out, ends);
    return out.append("</svg></figure>\n").toString();
  }

  private void grid(StringBuilder out, AxisScale scale) {
    for (double tick : scale.ticks()) {
      String y = Numbers.coordinate(scale.at(tick));
      out.append(
          "<path class=\"grid\" d=\"M%s %sH%s\"/>"
              .formatted(Numbers.coordinate(LEFT), y, Numbers.coordinate(WIDTH - RIGHT)));
      out.append(
          "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
              .formatted(
                  Numbers.coordinate(LEFT - 7),
                  Numbers.coordinate(scale.at(tick) + 4),
                  Numbers.tick(tick)));
    }
    for (int count : connections) {
      out.append(
          "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
              .formatted(
                  Numbers.coordinate(x(count)),
                  Numbers.coordinate(HEIGHT - BOTTOM + 17),
                  Numbers.tick(count)));
    }
    out.append(
        "<text class=\"tick axis\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted(
                Numbers.coordinate((LEFT + WIDTH - RIGHT) / 2),
                Numbers.coordinate(HEIGHT - 3),
                axis));
  }

  private void line(StringBuilder out, AxisScale scale, String model, List<End> ends) {
    StringBuilder path = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    End end = null;
    boolean drawing = false;
    for (int count : connections) {
      double figure = value.apply(model, count);
      if (!Double.isFinite(figure)) {
        drawing = false;
        continue;
      }
      double x = x(count);
      double y = scale.at(figure);
      path.append(drawing ? "L" : "M")
          .append(Numbers.coordinate(x))
          .append(' ')
          .append(Numbers.coordinate(y));
      marks.append(
          "<path class=\"mark\" d=\"%s\"><title>%s: %s %s at %s</title></path>"
              .formatted(
                  ModelStyle.mark(model, x, y),
                  Html.escaped(model),
                  Numbers.significant(figure),
                  Html.escaped(unit),
                  Numbers.significant(count)));
      drawing = true;
      end = new End(model, x, y);
    }
    if (end != null) {
      ends.add(end);
      out.append(
          "<g class=\"series %s\"><path class=\"line\" d=\"%s\"/>%s</g>"
              .formatted(ModelStyle.styleClass(model), path, marks));
    }
  }

  /// Names in the order of their lines' ends, moved apart where lines end close together.
  private void names(StringBuilder out, List<End> ends) {
    List<End> sorted = ends.stream().sorted(Comparator.comparingDouble(End::y)).toList();
    double[] at = new double[sorted.size()];
    for (int i = 0; i < at.length; i++) {
      double least = i == 0 ? TOP : at[i - 1] + LABEL_GAP;
      at[i] = Math.max(sorted.get(i).y(), least);
    }
    double lowest = HEIGHT - BOTTOM + 4;
    for (int i = at.length - 1; i >= 0; i--) {
      double most = i == at.length - 1 ? lowest : at[i + 1] - LABEL_GAP;
      at[i] = Math.min(at[i], most);
    }
    double x = WIDTH - RIGHT + 16;
    IntStream.range(0, at.length)
        .forEach(i -> {
          End end = sorted.get(i);
          out.append(
              "<g class=\"series %s\"><path class=\"lead\" d=\"M%s %sL%s %s\"/>"
                  .formatted(
                      ModelStyle.styleClass(end.model()),
                      Numbers.coordinate(end.x() + 5),
                      Numbers.coordinate(end.y()),
                      Numbers.coordinate(x - 3),
                      Numbers.coordinate(at[i])));
          out.append(
              "<text class=\"name\" x=\"%s\" y=\"%s\">%s</text></g>"
                  .formatted(
                      Numbers.coordinate(x),
                      Numbers.coordinate(at[i] + 4),
                      Html.escaped(end.model())));
        });
  }

  private double x(int count) {
    double from = Math.log10(connections.getFirst());
    double to = Math.log10(connections.getLast());
    double share = to > from ? (Math.log10(count) - from) / (to - from) : 0.5;
    return LEFT + 10 + share * (WIDTH - LEFT - RIGHT - 20);
  }
}
