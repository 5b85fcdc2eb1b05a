package io.tripwatch.bench;

import io.tripwatch.bench.Forks.FailedException;
import io.tripwatch.bench.scale.Group;
import io.tripwatch.bench.scale.ScaleBench;
import io.tripwatch.bench.scale.Spans;
import io.tripwatch.cli.BadUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmark's command line. */
@Command(
    name = "tripwatch bench",
    sortOptions = false,
    mixinStandardHelpOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Measures how fast the job is, beside its parts and its peers.",
      "The records of a fleet are made as they are read: each driver a fix every three",
      "seconds, one trip after another. Each task is measured in processes of its own,",
      "several times, all tasks turn and turn about. Prints the medians, how far they",
      "spread, and the ratios to reach; writes results.json, table.md and, of more than",
      "one task, rates.png.",
      "",
      "Without options it takes an hour and more and wants the machine for itself.",
      ""
    },
    footer = {
      "",
      "Two other measurements, of a folder of events, have options of their own:",
      "  tripwatch bench --input DIR           a replay beside merely decoding",
      "  tripwatch bench --rules --input DIR   what each rule's judgement costs",
      "See tripwatch bench --input DIR --help."
    })
public final class Bench implements Callable<Integer> {
  private static final int QUICK_SECONDS = 4;

  /** Tasks without a job behind them are soon as fast as they get. */
  private static final Set<String> SOON_WARM =
      Set.of("source", "decode", "decode-jackson", "plain-loop", "esper");

  private static final int SOON_SECONDS = 6;

  /** A minute is measured, and the prelude of so many drivers has warmed it already. */
  private static final int ROCKSDB_WARM_UP_SECONDS = 10;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "TASK",
      description = "only these, e.g. --tasks decode,latency-50; see --list")
  private List<String> tasks;

  @Option(names = "--list", description = "say what there is to measure, and measure nothing")
  private boolean list;

  @Option(
      names = "--check",
      description = {
        "compare what the peers find with what the job finds",
        "with the same three rules, and measure nothing"
      })
  private boolean check;

  @Option(
      names = "--quick",
      description = "one short round, in some minutes: tells whether it works, not how fast")
  private boolean quick;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "forks of each task (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "dense",
      completionCandidates = ShapeNames.class,
      description = {
        "how drivers spend their time:",
        "${COMPLETION-CANDIDATES};",
        "--list says what these are (default: ${DEFAULT-VALUE})"
      })
  private Shape shape;

  @Option(
      names = "--drivers",
      paramLabel = "N",
      defaultValue = "10000",
      description = "the fleet, but for tasks on RocksDB (default: ${DEFAULT-VALUE})")
  private int drivers;

  @Option(
      names = "--rocksdb-drivers",
      paramLabel = "N",
      description = {
        "the fleet of tasks on RocksDB; by default three",
        "seconds' worth of the rate, found out first, so",
        "that event time goes as fast as the wall's clock"
      })
  private Integer rocksdbDrivers;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "of jobs and their sources (default: ${DEFAULT-VALUE})")
  private int parallelism;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "15",
      description = {
        "seconds before measuring; less for what is soon warm",
        "(default: ${DEFAULT-VALUE})"
      })
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "seconds measured, but on RocksDB (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--rocksdb-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "on RocksDB: a checkpoint comes once a minute (default: ${DEFAULT-VALUE})")
  private int rocksdbSeconds;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "6g",
      description = "of each process, as -Xmx takes it (default: ${DEFAULT-VALUE})")
  private String heap;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of the fleet (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "where the results go (default: target/bench)")
  private Path output = Path.of(System.getProperty("tripwatch.home", "."), "target", "bench");

  @Option(
      names = "--scale",
      arity = "0..1",
      split = ",",
      paramLabel = "GROUP",
      fallbackValue = "DRIVERS,TRIPS,RULES,PARALLELISM,STATE,CHECKPOINT,RESTART",
      description = {
        "measure instead what it costs as things grow, all",
        "of them or some; --list says what there is;",
        "one fork of each unless",
        "--rounds is given; writes scale.json and scale.md"
      })
  private Set<Group> scale;

  @Option(
      names = "--scale-drivers",
      split = ",",
      paramLabel = "N",
      defaultValue = "10000,100000,300000",
      description = "of --scale: the fleets (default: ${DEFAULT-VALUE})")
  private List<Integer> scaleDrivers;

  @Option(
      names = "--most-heap-gb",
      paramLabel = "GB",
      defaultValue = "17",
      description = "of --scale: what a process may have (default: ${DEFAULT-VALUE})")
  private int mostHeapGb;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "of --scale: a page whose measured part is replaced")
  private Path page;

  @Option(
      names = "--jmh",
      arity = "0..1",
      paramLabel = "PATTERN",
      fallbackValue = ".*",
      description = "measure the pieces with JMH instead: decode, fold, judge, geo, serializers")
  private String jmh;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  /** For the help. */
  static final class ShapeNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ShapeNames() {
      super(Arrays.stream(Shape.values()).map(Shape::shown).toList());
    }
  }

  /** Runs it and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(new BadUsage())
            .setExecutionExceptionHandler(Bench::failed)
            .execute(args));
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult given) {
    command.getErr().println("tripwatch: " + (e.getMessage() == null ? e : e.getMessage()));
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      list();
      return 0;
    }
    if (check) {
      List<Task> asked = entries().values().stream().map(Entry::task).toList();
      return Check.of(shape, seed).run(asked, out()) ? 0 : 1;
    }
    if (jmh != null) {
      return Pieces.measure(jmh);
    }
    if (scale != null) {
      return measureScale();
    }
    require(rounds >= 1, "--rounds", rounds, "1 or more");
    require(seconds >= 1, "--seconds", seconds, "1 or more");
    require(warmUp >= 0, "--warm-up", warmUp, "0 or more");
    require(parallelism >= 1, "--parallelism", parallelism, "1 or more");
    return measure();
  }

  private int measureScale() throws IOException, InterruptedException {
    Spans spans =
        new Spans(
            isGiven("--warm-up") ? Duration.ofSeconds(warmUp) : Spans.WHOLE.warmUp(),
            isGiven("--seconds") ? Duration.ofSeconds(seconds) : Spans.WHOLE.onHeap(),
            isGiven("--rocksdb-seconds")
                ? Duration.ofSeconds(rocksdbSeconds)
                : Spans.WHOLE.onRocksdb());
    ScaleBench.Request request =
        new ScaleBench.Request(
            scale,
            scaleDrivers.stream().sorted().toList(),
            mostHeapGb,
            spans,
            quick,
            isGiven("--rounds") ? rounds : 1,
            shape,
            seed,
            output,
            page);
    ScaleBench bench = new ScaleBench(request, this::say);
    out().print(bench.measure());
    out().println("Written to " + output + ".");
    out().flush();
    return bench.isMeasured() ? 0 : 1;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void require(boolean met, String option, int value, String limit) {
    if (!met) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; give it " + limit);
    }
  }

  private int measure() throws IOException, InterruptedException {
    Files.createDirectories(output);
    Path log = output.resolve("forks.log");
    Files.deleteIfExists(log);
    Forks forks = new Forks(heap, log);
    Map<String, Entry> entries = entries();
    Machine machine = Machine.here();
    say(machine + "; java " + String.join(" ", forks.flags()));
    findCadence(forks, entries);
    int all = quick ? 1 : rounds;
    Report report = new Report(machine, forks.flags(), all, entries);
    for (int round = 1; round <= all; round++) {
      for (Entry entry : entries.values()) {
        measure(forks, entry, "round " + round + " of " + all);
      }
      // Whoever interrupts it has what was measured so far.
      report.write(output);
    }
    out().print(report.markdown());
    out().println("Written to " + output + ".");
    out().flush();
    return entries.values().stream().allMatch(Entry::isMeasured) ? 0 : 1;
  }

  private void list() {
    out().println("--tasks:");
    for (Entry entry : known()) {
      out().printf("  %-30s %s%n", entry.label(), entry.title());
    }
    out().println("of these only when asked for:");
    for (Task task : Tasks.WHEN_ASKED) {
      out().println("  " + task.name());
    }
    out().println("--shape:");
    for (Shape each : Shape.values()) {
      out().printf("  %-30s %s%n", each.shown(), each.title());
    }
    out().println("--scale:");
    for (Group group : Group.values()) {
      out().printf("  %-30s %s%n", group.shown(), group.asks());
    }
    out().flush();
  }

  /** All that --tasks takes. */
  private List<Entry> known() {
    List<Entry> all = new ArrayList<>();
    for (Task task : Tasks.KNOWN) {
      all.add(new Entry(task.name(), task, setting(task)));
      if (task.name().equals("job-rocksdb")) {
        Task onHeap = Tasks.named("job-heap");
        all.add(new Entry(Ratio.HEAP_AS_ROCKSDB, onHeap, setting(onHeap)));
      }
    }
    return all;
  }

  private Map<String, Entry> entries() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    known().stream().filter(this::isAsked).forEach(entry -> entries.put(entry.label(), entry));
    for (String asked : tasks == null ? List.<String>of() : tasks) {
      if (!entries.containsKey(asked)) {
        throw new ParameterException(
            spec.commandLine(), "--tasks: there is no " + asked + "; --list says what there is");
      }
    }
    return entries;
  }

  private boolean isAsked(Entry entry) {
    return tasks == null ? !Tasks.WHEN_ASKED.contains(entry.task()) : tasks.contains(entry.label());
  }

  private Setting setting(Task task) {
    boolean onRocksdb = task.onRocksdb();
    int warmUpS =
        SOON_WARM.contains(task.name())
            ? Math.min(warmUp, SOON_SECONDS)
            : onRocksdb ? Math.min(warmUp, ROCKSDB_WARM_UP_SECONDS) : warmUp;
    int measuredS = onRocksdb ? rocksdbSeconds : seconds;
    return new Setting(
        new Fleet.Plan(shape, drivers, seed),
        parallelism,
        Duration.ofSeconds(quick ? QUICK_SECONDS : warmUpS),
        Duration.ofSeconds(quick ? QUICK_SECONDS : measuredS));
  }

  private void findCadence(Forks forks, Map<String, Entry> entries)
      throws IOException, InterruptedException {
    for (Entry entry : entries.values()) {
      if (entry.task().onRocksdb()) {
        int found =
            rocksdbDrivers != null
                ? rocksdbDrivers
                : quick ? drivers : new Cadence(forks, this::say).find(entry);
        entry.setDrivers(found);
      }
    }
    Entry alike = entries.get(Ratio.HEAP_AS_ROCKSDB);
    if (alike != null) {
      Entry onRocksdb = entries.get("job-rocksdb");
      alike.setDrivers(
          onRocksdb != null
              ? onRocksdb.setting().fleet().drivers()
              : rocksdbDrivers != null ? rocksdbDrivers : drivers);
    }
  }

  private void measure(Forks forks, Entry entry, String when)
      throws IOException, InterruptedException {
    try {
      Measured measured = forks.run(entry.task(), entry.setting());
      entry.add(measured);
      say(
          "%s  %-22s %,12.0f records/s  %s"
              .formatted(when, entry.label(), measured.rate(), measured.extra()));
    } catch (FailedException e) {
      entry.fail(e.getMessage());
      say("%s  %-22s failed: %s".formatted(when, entry.label(), e.getMessage()));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
