package io.tripwatch.bench;

import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Press;
import io.tripwatch.event.Topic;
import io.tripwatch.job.Pipeline;
import io.tripwatch.job.Wires;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Output;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Compares what the peers find with what the shipped job finds with the same three rules, in the
 * first records of a fleet. Compared are the alerts of the trips that were over two minutes before
 * the end; of the job those that it has not taken back.
 */
final class Check {
  private static final Duration SETTLED_AFTER = Duration.ofMinutes(2);
  private static final int SHOWN = 3;

  private final Fleet.Plan fleet;
  private final long untilMs;
  private final Set<String> over = new HashSet<>();

  private Check(Fleet.Plan fleet, Duration time) {
    this.fleet = fleet;
    this.untilMs = Fleet.BEGIN.plus(time).toEpochMilli();
  }

  /** A check of as many drivers and as much time as it takes to see some hundreds of trips end. */
  static Check of(Shape shape, long seed) {
    return switch (shape) {
      case DENSE -> new Check(new Fleet.Plan(shape, 2_000, seed), Duration.ofMinutes(40));
      case CITY -> new Check(new Fleet.Plan(shape, 1_000, seed), Duration.ofMinutes(130));
      case HALF, SPARSE, IDLE ->
          throw new IllegalArgumentException(
              "--check with --shape " + shape + ": too few trips end; give it dense or city");
    };
  }

  /**
   * Compares, and prints a line for each.
   *
   * @param tasks those that can be asked what they find; others are left out
   * @return whether all find the same
   */
  boolean run(List<Task> tasks, PrintWriter out) throws Exception {
    noteWhatIsOver();
    Set<String> expected = shipped();
    Map<String, Integer> byRule = new TreeMap<>();
    expected.forEach(one -> byRule.merge(one.substring(0, one.indexOf(' ')), 1, Integer::sum));
    out.printf(
        "%-20s %,d alerts in %,d trips: %s%n", "the job", expected.size(), over.size(), byRule);
    boolean same = byRule.keySet().equals(ShippedJob.THREE_RULES);
    for (Task task : tasks) {
      if (task instanceof Checked checked) {
        same &= isSame(task.name(), expected, checked.found(fleet, untilMs), out);
      }
    }
    return same;
  }

  private boolean isSame(String name, Set<String> expected, Set<String> all, PrintWriter out) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(all);
    Set<String> more = new TreeSet<>(all);
    more.removeIf(one -> !over.contains(one.substring(one.indexOf(' ') + 1)));
    more.removeAll(expected);
    boolean same = missing.isEmpty() && more.isEmpty();
    String difference =
        String.format(
            "%,d missing, e.g. %s; %,d more, e.g. %s",
            missing.size(), some(missing), more.size(), some(more));
    out.printf("%-20s %s%n", name, same ? "the same" : difference);
    out.flush();
    return same;
  }

  private static List<String> some(Set<String> alerts) {
    return alerts.stream().limit(SHOWN).toList();
  }

  private void noteWhatIsOver() {
    EventDecoder decoder = new EventDecoder();
    Fleet records = new Fleet(fleet);
    long last = untilMs - SETTLED_AFTER.toMillis();
    for (records.advance(); records.time() <= last; records.advance()) {
      if (records.topic() == Topic.BUTTONS) {
        Event event = decoder.decode(records.topic(), records.value()).event();
        if (event instanceof Press press && press.button() == Press.Button.END) {
          over.add(press.orderId());
        }
      }
    }
  }

  private DataStream<Output> threeRules(StreamExecutionEnvironment env, Meter meter) {
    env.setMaxParallelism(Pipeline.MAX_PARALLELISM);
    FleetSource<Incoming> source = FleetSource.decoded(fleet, untilMs, meter);
    return Pipeline.define(
            FlinkTask.timed(env, source, Wires.INCOMING),
            ShippedJob.onlyThreeRules(),
            1,
            Pipeline.AS_HEAP_ALLOWS)
        .said();
  }

  private Set<String> shipped() throws Exception {
    Setting setting = new Setting(fleet, 1, Duration.ZERO, Duration.ZERO);
    Map<String, Alert> last = new HashMap<>();
    try (Gathered<Output> gathered = new Gathered<>(Output.class)) {
      new FlinkRun(setting, FlinkRun.Backend.HEAP)
          .complete((env, meter) -> gathered.from(threeRules(env, meter)));
      for (Output output : gathered.all()) {
        if (output instanceof Alert alert) {
          last.merge(alert.id(), alert, (a, b) -> a.revision() > b.revision() ? a : b);
        }
      }
    }
    Set<String> alerts = new TreeSet<>();
    for (Alert alert : last.values()) {
      if (!alert.isGone() && over.contains(alert.orderId())) {
        alerts.add(alert.ruleId() + " " + alert.orderId());
      }
    }
    return alerts;
  }
}
