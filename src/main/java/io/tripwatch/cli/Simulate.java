package io.tripwatch.cli;

import io.tripwatch.event.Topic;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Delivery;
import io.tripwatch.simulate.EventFolder;
import io.tripwatch.simulate.Faults;
import io.tripwatch.simulate.Grammar;
import io.tripwatch.simulate.Mix;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a simulated city's events as the files that a replay reads. */
@Command(
    name = "simulate",
    sortOptions = false,
    description = {
      "Writes the events of a simulated city to files that a replay reads.",
      "The same options give the same bytes. There is no truth.ndjson yet."
    },
    footer = {
      "",
      "Faults: a list such as late=0.02,duplicate=0.01,shuffle=5s of",
      "  late=SHARE       of phones', terminals' and outside records: 1 to 100 min late",
      "  offline=SHARE    of trips: the phone uploads all after 20 to 100 min offline",
      "  toolate=SHARE    of the same records: after more than 2 h, to be refused",
      "  shuffle=TIME     a record may take this much longer than others, at most 4m",
      "  duplicate=SHARE  of all records: come twice, alike or again within 5 min",
      "  malformed=SHARE  of all records: come with a broken copy",
      "  clock=SHARE      of drivers: the phone's clock is 2 to 92 s ahead",
      "A share is a number from 0 to 1; what is not named does not occur.",
      "",
      "Breaches: shares of trips on top of the defaults, by rule, e.g. no-show=0.2;",
      "begin with none to have only those named, e.g. none,late-at-pickup=0.5"
    })
public final class Simulate implements Callable<Integer> {
  private static final int BYTES_PER_MB = 1_000_000;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "folder to write to: a new one, or an empty one")
  private Path output;

  @Option(
      names = "--force",
      description = "write also to a folder that is not empty, in place of the city in it")
  private boolean force;

  @Option(names = "--trips", required = true, paramLabel = "N", description = "orders to place")
  private int trips;

  @Option(names = "--seed", required = true, paramLabel = "S", description = "any whole number")
  private long seed;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description = "when the city begins, e.g. 2026-11-23T00:00:00Z, the default")
  private Instant start = City.DEFAULT_START;

  @Option(
      names = "--faults",
      paramLabel = "SPEC",
      defaultValue = "none",
      description = "what goes wrong on the way, see below; by default nothing")
  private String faults;

  @Option(
      names = "--breaches",
      paramLabel = "SPEC",
      defaultValue = "",
      description = "how often which breach occurs, see below")
  private String breaches;

  @Option(
      names = "--drivers",
      paramLabel = "N",
      description = "drivers; by default one for every four trips")
  private Integer drivers;

  @Option(
      names = "--fix-every",
      paramLabel = "TIME",
      defaultValue = "3s",
      description = "how often phones report their position (default: ${DEFAULT-VALUE})")
  private String fixEvery;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    City.Plan plan = plan();
    if (!force) {
      refuseUnlessEmpty();
    }
    try (EventFolder folder = new EventFolder(output)) {
      City city = new City(plan);
      long bytes = 0;
      while (city.hasNext()) {
        Delivery delivery = city.next();
        folder.write(delivery);
        bytes += delivery.json().length + 1;
      }
      folder.commit();
      tell(plan, folder.counts(), bytes);
      return 0;
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot write to "
              + output
              + ": "
              + e.getClass().getSimpleName()
              + " "
              + e.getMessage()
              + "; give --output a folder you may write to",
          e);
    }
  }

  /** Whoever mistypes a folder must not lose the events that are in it. */
  private void refuseUnlessEmpty() throws IOException {
    if (!Files.isDirectory(output)) {
      return;
    }
    try (Stream<Path> files = Files.list(output)) {
      if (files.findAny().isPresent()) {
        throw new IOException(
            "--output "
                + output
                + " is not empty; give a new folder, or --force to replace the city in it");
      }
    }
  }

  private City.Plan plan() {
    Bounds.require(command, "--trips", trips, 1, City.MOST_TRIPS);
    Bounds.require(command, "--start", start);
    if (drivers != null) {
      Bounds.require(command, "--drivers", drivers, 1, City.MOST_TRIPS);
    }
    try {
      Duration every = Grammar.duration("--fix-every", fixEvery);
      return new City.Plan(
          seed,
          trips,
          drivers == null ? 0 : drivers,
          start,
          every,
          Mix.parse(breaches),
          Faults.parse(faults));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private void tell(City.Plan plan, Map<Topic, Long> counts, long bytes) {
    long records = counts.values().stream().mapToLong(Long::longValue).sum();
    command
        .commandLine()
        .getOut()
        .printf(
            "%d trips of %d drivers: %d records, %d MB, in %s%n",
            plan.trips(), plan.drivers(), records, bytes / BYTES_PER_MB, output);
  }
}
