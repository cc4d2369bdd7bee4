package io.tercet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.lab.comparison.AcceptQueueOverflow;
import io.tercet.lab.comparison.ComparisonResults;
import io.tercet.lab.comparison.Measurement;
import io.tercet.lab.comparison.Scenario;
import io.tercet.lab.comparison.Trial;
import io.tercet.lab.proc.ListenQueue;
import io.tercet.lab.proc.Machine;
import io.tercet.lab.proc.ProcessUsage;
import io.tercet.lab.proc.TcpStates;
import io.tercet.lab.proc.TcpStates.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The report of recorded numbers.
class ReportTest {
  private static final Machine MACHINE =
      new Machine("Core <9> & \"co\"", 2, 4096, "0.1", "Linux 6", "VM 25");

  @Test
  void showsEveryModelInEveryPlotAndTable() {
    String html = html(trials("epoll", "poll", "threads"));
    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("<h1>Three models, one server</h1>")
        .contains("4 May 2026, 06:07 UTC")
        .contains(">1,000</td>")
        .contains("compare --models epoll");
    for (String model : List.of("epoll", "poll", "threads")) {
      assertThat(html).contains("id=\"model-" + model + "\"");
    }
    assertThat(count(html, "<svg viewBox=\"0 0 480 270\"")).isEqualTo(11);
    assertThat(count(html, "class=\"line\"")).isEqualTo(33);
  }

  @Test
  void isOnePageThatNeedsNothingElse() {
    String html = html(trials("epoll"));
    assertThat(html).doesNotContain("<script", "<link", "<img", "@import", "url(", "src=");
    assertThat(count(html, "href=\"")).isEqualTo(count(html, "href=\"#"));
  }

  @Test
  void letsNoNameEndAnElement() {
    List<Trial> trials = new ArrayList<>(trials("a<b>\"'&"));
    trials.add(new Trial("a<b>\"'&", Scenario.SMALL, 5000, new Trial.Skipped("no <i>room</i>")));
    String html = html(trials);
    assertThat(html)
        .contains("a&lt;b&gt;&quot;&#39;&amp;")
        .contains("no &lt;i&gt;room&lt;/i&gt;")
        .contains("Core &lt;9&gt; &amp; &quot;co&quot;")
        .doesNotContain("a<b>", "<i>", "<9>");
  }

  @Test
  void endsALineWhereNothingWasMeasured() {
    List<Trial> trials =
        List.of(
            new Trial("select", Scenario.SMALL, 10, measurement(500, 1)),
            new Trial("select", Scenario.SMALL, 100, measurement(600, 1)),
            new Trial("select", Scenario.SMALL, 10_000, new Trial.Skipped("1,024 at most")));
    String html = html(trials);
    assertThat(html).contains("<h1>One model</h1>", "1,024 at most");
    Matcher line = Pattern.compile("class=\"line\" d=\"([^\"]*)\"").matcher(html);
    assertThat(line.find()).isTrue();
    assertThat(line.group(1)).matches("M[\\d.]+ [\\d.]+L[\\d.]+ [\\d.]+");
  }

  @Test
  void saysADashWhereThereIsNoFigure() {
    String html = html(List.of(new Trial("pool", Scenario.SMALL, 10, measurement(0, 7))));
    assertThat(html).contains("<td>–</td>").contains("<td class=\"bad\">7</td>");
    assertThat(html).doesNotContain("NaN", "Infinity");
  }

  @Test
  void survivesThatNothingWasMeasuredAtAll() {
    String none =
        html(
            List.of(new Trial("processes", Scenario.WAIT, 10, new Trial.Skipped("did not start"))));
    assertThat(none).contains("did not start", "Nothing was measured.").doesNotContain("NaN");
    assertThat(html(List.of())).contains("</html>");
  }

  @Test
  void showsWhereTimeWaitIs() {
    String html = html(List.of(new Trial("epoll", Scenario.CLOSE, 10, measurement(1000, 0))));
    assertThat(html)
        .containsSubsequence("<td>close</td>", "<td>10</td>", "<td>777</td>", "<td>3</td>");
  }

  @Test
  void sharesWhatCameWithTheConnectionsAmongThem() {
    String html = html(List.of(new Trial("epoll", Scenario.SMALL, 10, measurement(5000, 0))));
    assertThat(html)
        .contains("<title>epoll: 1,000 KiB for each at 10</title>")
        .containsSubsequence("Threads of a connection", "<title>epoll: 1 for each at 10</title>")
        .containsSubsequence(
            "Descriptors of a connection", "<title>epoll: 1 for each at 10</title>")
        .containsSubsequence(
            "KiB per connection", "threads per connection", "descriptors per connection");
  }

  @Test
  void comparesTheSameNumberOfConnectionsInAColumn() {
    List<Trial> trials = new ArrayList<>(trials("epoll"));
    trials.add(new Trial("select", Scenario.SMALL, 10, measurement(5000, 0)));
    trials.add(new Trial("select", Scenario.SMALL, 1000, new Trial.Skipped("no room")));
    String html = html(trials);
    assertThat(html)
        .contains("<th>… at 1,000</th>", "<td>8</td><td>8</td>", "<td>8</td><td>–</td>");
  }

  @Test
  void showsWhatTheKernelDroppedWhereTheQueueWasFull() {
    TcpStates states =
        new TcpStates(
            Map.of(State.ESTABLISHED, 35, State.SYN_RECV, 29),
            Map.of(State.ESTABLISHED, 64, State.SYN_SENT, 5));
    AcceptQueueOverflow overflow =
        new AcceptQueueOverflow(2, 16, 69, states, new ListenQueue(81, 82));
    assertThat(html(trials("epoll"), Optional.of(overflow)))
        .containsSubsequence(
            "When the queue is full", "<td>2</td>", "<td>16</td>", "<td>69</td>", "<td>64</td>")
        .containsSubsequence("<td>35</td>", "<td>29</td>", "<td>5</td>")
        .containsSubsequence("<td class=\"bad\">81</td>", "<td class=\"bad\">82</td>");
    assertThat(html(trials("epoll"))).doesNotContain("When the queue is full");
  }

  @Test
  void hasAParagraphForEveryModelOfTheProgram() {
    for (String model :
        List.of(
            "one-by-one",
            "processes",
            "threads",
            "pool",
            "virtual-threads",
            "select",
            "poll",
            "epoll")) {
      assertThat(ModelExplanations.of(model, 3))
          .hasSizeGreaterThan(300)
          .doesNotContain("\n", "{", "two cores", "two carriers");
      assertThat(ModelStyle.styleClass(model)).matches("m[1-8]");
    }
    assertThat(ModelStyle.styleClass("another")).isEqualTo("m-other");
    assertThat(ModelExplanations.of("another", 3)).isNotEmpty();
  }

  @Test
  void saysHowManyCoresThereAre() {
    assertThat(ModelExplanations.of("virtual-threads", 3)).contains("this machine has 3 cores");
    assertThat(ModelExplanations.of("virtual-threads", 1)).contains("this machine has 1 core)");
    for (Scenario scenario : Scenario.values()) {
      assertThat(ScenarioDescriptions.text(scenario, 3)).doesNotContain("{", "two cores");
    }
    assertThat(ScenarioDescriptions.text(Scenario.COMPUTE, 3)).contains("this machine has 3 cores");
  }

  @Test
  void scalesToRoundNumbers() {
    AxisScale linear = AxisScale.over(new double[] {3, 87}, false, 100, 0);
    assertThat(linear.ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(linear.at(50)).isEqualTo(50);
    AxisScale powers = AxisScale.over(new double[] {0, 0.3, 2000}, true, 100, 0);
    assertThat(powers.from()).isEqualTo(0.1);
    assertThat(powers.to()).isEqualTo(10_000);
    assertThat(powers.at(0)).isEqualTo(100);
    AxisScale fine = AxisScale.over(new double[] {12, 30}, true, 100, 0);
    assertThat(fine.from()).isEqualTo(10);
    assertThat(fine.to()).isEqualTo(50);
    assertThat(AxisScale.over(new double[] {0}, true, 100, 0).at(0)).isEqualTo(100);
  }

  private static List<Trial> trials(String... models) {
    List<Trial> trials = new ArrayList<>();
    for (String model : models) {
      for (int connections : new int[] {10, 1000}) {
        trials.add(new Trial(model, Scenario.SMALL, connections, measurement(5000, 0)));
      }
    }
    return trials;
  }

  private static Measurement measurement(long answered, long starved) {
    Measurement.Percentiles times =
        answered == 0
            ? new Measurement.Percentiles(0, 0, 0)
            : new Measurement.Percentiles(1.5, 20, 300);
    return new Measurement(
        new Measurement.LoadSummary(10, 2, answered, 0, starved, 9000, times, 40, 0.5),
        new ProcessUsage(900, 60_000, 20, 40, 1),
        new ProcessUsage(500, 50_000, 10, 30, 1),
        new TcpStates(Map.of(State.ESTABLISHED, 10), Map.of()),
        new TcpStates(Map.of(State.TIME_WAIT, 777), Map.of(State.TIME_WAIT, 3)));
  }

  private static String html(List<Trial> trials) {
    return html(trials, Optional.empty());
  }

  private static String html(List<Trial> trials, Optional<AcceptQueueOverflow> overflow) {
    return Report.html(
        new ComparisonResults(
            MACHINE,
            Instant.parse("2026-05-04T06:07:08Z"),
            "abc",
            "java -jar x compare --models epoll",
            1,
            trials,
            overflow));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
