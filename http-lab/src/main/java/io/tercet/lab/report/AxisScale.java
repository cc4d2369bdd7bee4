package io.tercet.lab.report;

import java.util.ArrayList;
import java.util.List;

/// Where values lie between the lower and the upper end of an axis, and which of them are marked.
///
/// @param from value at the lower end
/// @param to value at the upper end
/// @param ticks marked values, ascending
/// @param lower coordinate of the lower end
/// @param upper coordinate of the upper end
record AxisScale(
    boolean logarithmic, double from, double to, List<Double> ticks, double lower, double upper) {
  private static final int TICKS = 5;
  private static final double FINE_UP_TO = 30;
  private static final double ROUNDING = 1 + 1e-9;

  /// A scale that holds these values: from zero to a round number, or from one power of ten to
  /// another.
  static AxisScale over(double[] values, boolean logarithmic, double lower, double upper) {
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    for (double value : values) {
      largest = Math.max(largest, value);
      smallest = value > 0 ? Math.min(smallest, value) : smallest;
    }
    if (largest <= 0) {
      return linear(1, lower, upper);
    }
    return logarithmic ? powers(smallest, largest, lower, upper) : linear(largest, lower, upper);
  }

  /// The coordinate of a value; what is too small for the axis lies on its lower end.
  double at(double value) {
    double share =
        logarithmic
            ? value <= from ? 0 : Math.log(value / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return lower + share * (upper - lower);
  }

  private static AxisScale linear(double largest, double lower, double upper) {
    double rough = largest / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      step = factor * power;
      if (step * TICKS >= largest) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.ceil(largest / step - 1e-9);
    for (int i = 0; i <= last; i++) {
      ticks.add(i * step);
    }
    return new AxisScale(false, 0, last * step, List.copyOf(ticks), lower, upper);
  }

  /// From power to power; where that is only one or two, 1, 2 and 5 of each are marked too.
  private static AxisScale powers(double smallest, double largest, double lower, double upper) {
    boolean fine = largest / smallest <= FINE_UP_TO;
    double[] steps = fine ? new double[] {1, 2, 5} : new double[] {1};
    List<Double> marks = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(smallest)) - 1;
    int last = (int) Math.ceil(Math.log10(largest)) + 1;
    for (int power = first; power <= last; power++) {
      for (double step : steps) {
        marks.add(step * Math.pow(10, power));
      }
    }
    int from = 0;
    while (marks.get(from + 1) <= smallest * ROUNDING) {
      from++;
    }
    int to = from + 1;
    while (marks.get(to) < largest / ROUNDING) {
      to++;
    }
    return new AxisScale(
        true,
        marks.get(from),
        marks.get(to),
        List.copyOf(marks.subList(from, to + 1)),
        lower,
        upper);
  }
}
