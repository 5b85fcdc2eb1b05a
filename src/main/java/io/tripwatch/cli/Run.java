package io.tripwatch.cli;

import io.tripwatch.job.JobOptions;
import io.tripwatch.job.TripwatchJob;
import io.tripwatch.kafka.EmbeddedBroker;
import io.tripwatch.kafka.LocalPort;
import io.tripwatch.kafka.Topics;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Faults;
import io.tripwatch.simulate.Feeder;
import io.tripwatch.simulate.Grammar;
import io.tripwatch.simulate.KafkaOutlet;
import io.tripwatch.simulate.Mix;
import io.tripwatch.simulate.SimulatedClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Everything at once, with nothing to install: broker, job, a city, and alerts on the console. */
@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Runs everything here: a broker, Flink, a simulated city, alerts on the console.",
      "The city runs in fast motion; each revision of an alert is printed as it is published.",
      "Ctrl-C ends it."
    })
public final class Run implements Callable<Integer> {
  private static final int KAFKA_PORT = 9092;
  private static final int UI_PORT = 8081;

  /**
   * Until the first pickups are near, orders are placed and nothing is to be seen: told at once.
   */
  private static final Duration HEAD_START = Duration.ofMinutes(25);

  /**
   * Far enough back that no fast motion of a day overtakes the wall clock: brokers refuse records
   * from the future.
   */
  private static final int DAYS_BACK = 120;

  /** Beyond this a second holds more of the city than a driver's whole trip: nothing to look at. */
  private static final double MOST_SPEED = 3_600;

  /** In fast motion the half minute of a real platform would be an hour. */
  private static final Duration IDLENESS = Duration.ofSeconds(1);

  private static final Duration TICK = Duration.ofMillis(200);

  /**
   * What Ctrl-C may wait for until all is cleared away: whoever presses it wants to be let go. What
   * is left then is a folder among the temporary ones.
   */
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);

  @Option(names = "--for", paramLabel = "TIME", description = "end after e.g. 60s or 5m")
  private String duration;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "120",
      description = "seconds of the city in one second (default: ${DEFAULT-VALUE})")
  private double speed;

  @Option(
      names = "--drivers",
      paramLabel = "N",
      defaultValue = "120",
      description = "drivers of the city (default: ${DEFAULT-VALUE})")
  private int drivers;

  @Option(
      names = "--trips",
      paramLabel = "N",
      description = "ends when all is told of so many; by default no end in sight")
  private int trips = City.MOST_TRIPS;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "which city: any whole number (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description = "when the city begins; by default 120 days ago")
  private Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS_BACK, ChronoUnit.DAYS);

  @Option(
      names = "--faults",
      paramLabel = "SPEC",
      defaultValue =
          "offline=0.15,late=0.001,shuffle=2s,duplicate=0.005,malformed=0.0001,clock=0.01",
      description = "as for simulate (default: ${DEFAULT-VALUE})")
  private String faults;

  @Option(names = "--rules", paramLabel = "FILE", description = "settings that differ, as YAML")
  private Path rules;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the broker's port; 0 takes a free one (default: 9092 if it is free)")
  private Integer port;

  @Option(
      names = "--ui-port",
      paramLabel = "N",
      description = "the port of Flink's UI; 0 takes a free one (default: 8081 if it is free)")
  private Integer uiPort;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "of the job (default: ${DEFAULT-VALUE})")
  private int parallelism;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      converter = Colour.class,
      description =
          "auto: on a terminal, unless NO_COLOR is set; always; never (default: ${DEFAULT-VALUE})")
  private Ansi ansi;

  @Spec private CommandSpec command;

  /** Counted down when the run is to end. */
  private final CountDownLatch end = new CountDownLatch(1);

  private final Pipeline pipeline;
  private PrintWriter out;
  private String settings;

  /** When to colour, as command lines usually ask for it. */
  private static final class Colour implements ITypeConverter<Ansi> {
    @Override
    public Ansi convert(String when) {
      return switch (when) {
        case "auto" -> Ansi.AUTO;
        case "always" -> Ansi.ON;
        case "never" -> Ansi.OFF;
        default ->
            throw new TypeConversionException("it is " + when + "; give auto, always or never");
      };
    }
  }

  /** What the job is made of, from Kafka to Kafka. */
  interface Pipeline {
    void define(StreamExecutionEnvironment env, JobOptions options);
  }

  /** Runs the job. */
  public Run() {
    this((env, options) -> TripwatchJob.define(env, options, IDLENESS));
  }

  Run(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public Integer call() throws Exception {
    out = command.commandLine().getOut();
    City.Plan plan = plan();
    RulesFile.read(rules);
    settings = SubmitCommand.text(rules);
    Duration forHowLong = forHowLong();
    Path dir = Files.createTempDirectory("tripwatch-run-");
    CountDownLatch cleared = new CountDownLatch(1);
    Thread hook = new Thread(() -> endAndAwait(cleared), "run-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      run(plan, forHowLong, dir);
      return 0;
    } finally {
      deleteAll(dir);
      cleared.countDown();
    }
  }

  private City.Plan plan() {
    Bounds.require(command, "--parallelism", parallelism, 1, Bounds.MOST_PARALLELISM);
    Bounds.require(command, "--drivers", drivers, 1, City.MOST_TRIPS);
    Bounds.require(command, "--trips", trips, 1, City.MOST_TRIPS);
    Bounds.require(command, "--start", start);
    if (port != null) {
      Bounds.require(command, "--port", port, 0, Bounds.MOST_PORT);
    }
    if (uiPort != null) {
      Bounds.require(command, "--ui-port", uiPort, 0, Bounds.MOST_PORT);
    }
    try {
      require(
          speed > 0 && speed <= MOST_SPEED, "--speed", speed, "above 0 and at most " + MOST_SPEED);
      return new City.Plan(
          seed,
          trips,
          drivers,
          start,
          City.DEFAULT_FIX_EVERY,
          Mix.ofDefaults(),
          Faults.parse(faults));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static void require(boolean met, String option, Number value, String limit) {
    if (!met) {
      throw new IllegalArgumentException(option + " is " + value + "; give a number " + limit);
    }
  }

  private Duration forHowLong() {
    try {
      return duration == null ? null : Grammar.duration("--for", duration);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** Makes it end, as Ctrl-C does. */
  void end() {
    end.countDown();
  }

  private void endAndAwait(CountDownLatch cleared) {
    end();
    try {
      cleared.await(LONGEST_FAREWELL.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(City.Plan plan, Duration forHowLong, Path dir) throws Exception {
    int brokerPort = choose(port, KAFKA_PORT, "the Kafka broker", "--port");
    int webPort = choose(uiPort, UI_PORT, "Flink's UI", "--ui-port");
    out.println("starting a Kafka broker and Flink ...");
    try (EmbeddedBroker broker = EmbeddedBroker.start(brokerPort, dir.resolve("kafka"))) {
      Topics.ensure(broker.bootstrap(), parallelism, Topics.Retention.FOREVER);
      if (ended()) {
        return;
      }
      try (LocalJob job = startJob(broker, webPort, dir.resolve("flink"))) {
        out.printf(
            "Flink's UI: http://127.0.0.1:%2$d%nKafka:      %1$s%nTimes are the city's, in UTC.%n",
            broker.bootstrap(), webPort);
        watch(plan, forHowLong, broker.bootstrap(), job);
      }
    }
  }

  private LocalJob startJob(EmbeddedBroker broker, int webPort, Path dir) throws Exception {
    JobOptions options = new JobOptions(broker.bootstrap(), JobOptions.DEFAULT_NAME, 1, settings);
    return LocalJob.start(
        options.name(), env -> pipeline.define(env, options), parallelism, webPort, dir);
  }

  /** The port asked for; else the usual one, or when that is taken any. */
  private int choose(Integer asked, int usual, String user, String option) throws IOException {
    if (asked != null) {
      return LocalPort.choose(asked, user, option);
    }
    try {
      return LocalPort.choose(usual, user, option);
    } catch (IOException taken) {
      int free = LocalPort.choose(0, user, option);
      out.printf("port %d is taken: %s takes %d instead%n", usual, user, free);
      return free;
    }
  }

  private void watch(City.Plan plan, Duration forHowLong, String bootstrap, LocalJob job)
      throws Exception {
    try (KafkaOutlet outlet = new KafkaOutlet(bootstrap)) {
      SimulatedClock clock = new SimulatedClock(plan.start().plus(HEAD_START), speed);
      Feeder feeder = new Feeder(new City(plan), clock, outlet);
      LiveConsole console = new LiveConsole(out, ansi, clock, feeder);
      AlertReader reader = new AlertReader(bootstrap, Topics.ALERTS, console::hear);
      try (Worker reading = Worker.start("alert-reader", reader, reader::stop)) {
        try (Worker feeding = Worker.start("city", feeder, feeder::stop)) {
          while (!isOver(forHowLong, console) && !feeding.isDone()) {
            requireSound(job, reading, feeding);
            console.tellStatusWhenDue();
          }
        }
        // What was judged last becomes visible with the checkpoint after it.
        job.awaitVisible(command.commandLine().getErr()::println);
        requireSound(job, reading);
      }
      console.summarize();
    }
  }

  /** Waits a moment, then says whether time is up or someone asked to end. */
  private boolean isOver(Duration forHowLong, LiveConsole console) throws InterruptedException {
    return end.await(TICK.toMillis(), TimeUnit.MILLISECONDS)
        || forHowLong != null && console.elapsed().compareTo(forHowLong) >= 0;
  }

  private static void requireSound(LocalJob job, Worker... workers) throws IOException {
    Optional<String> failure = job.failure();
    if (failure.isPresent()) {
      throw new IOException("the job failed: " + failure.get() + "; see the log");
    }
    for (Worker worker : workers) {
      worker.rethrow();
    }
  }

  private boolean ended() {
    return end.getCount() == 0;
  }

  private static void deleteAll(Path dir) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(dir)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
