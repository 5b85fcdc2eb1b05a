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
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
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
 * Compares what the peers find with what the shipped job finds with the same three rules: {@code
 * Check <shape> <drivers> <minutes> <seed> [<task>...]}, where no task means all that can be asked.
 * Compared are the alerts of the trips that were over two minutes before the end; of the job those
 * that it has not taken back. Exits with 1 where any differ.
 */
public final class Check {
  private static final int FIRST_TASK = 4;
  private static final Duration SETTLED_AFTER = Duration.ofMinutes(2);
  private static final int SHOWN = 3;

  private final Fleet.Plan fleet;
  private final long untilMs;
  private final Set<String> over = new HashSet<>();

  private Check(Fleet.Plan fleet, Duration time) {
    this.fleet = fleet;
    this.untilMs = Fleet.BEGIN.plus(time).toEpochMilli();
  }

  /** Checks. */
  public static void main(String[] args) throws Exception {
    if (args.length < FIRST_TASK) {
      throw new IllegalArgumentException("a check takes 4 arguments or more: see its Javadoc");
    }
    PrintStream results = System.out;
    System.setOut(System.err);
    Fleet.Plan fleet =
        new Fleet.Plan(Shape.valueOf(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[3]));
    Check check = new Check(fleet, Duration.ofMinutes(Long.parseLong(args[2])));
    List<String> names = Arrays.asList(args).subList(FIRST_TASK, args.length);
    boolean same = check.run(names, results);
    results.flush();
    // Threads that libraries leave behind must not keep the process.
    System.exit(same ? 0 : 1);
  }

  private boolean run(List<String> names, PrintStream out) throws Exception {
    noteWhatIsOver();
    Set<String> expected = shipped();
    Map<String, Integer> byRule = new TreeMap<>();
    expected.forEach(one -> byRule.merge(one.substring(0, one.indexOf(' ')), 1, Integer::sum));
    out.printf("%-16s %,d trips, %,d alerts: %s%n", "", over.size(), expected.size(), byRule);
    boolean same = !expected.isEmpty();
    for (Task task : Tasks.ALL) {
      if (task instanceof Checked checked && (names.isEmpty() || names.contains(task.name()))) {
        same &= isSame(task.name(), expected, checked.found(fleet, untilMs), out);
      }
    }
    return same;
  }

  private boolean isSame(String name, Set<String> expected, Set<String> all, PrintStream out) {
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
    out.printf("%-16s %s%n", name, same ? "the same" : difference);
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
