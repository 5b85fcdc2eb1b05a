package io.tripwatch.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tripwatch.bench.Entry;
import io.tripwatch.bench.Forks;
import io.tripwatch.bench.Forks.FailedException;
import io.tripwatch.bench.Machine;
import io.tripwatch.bench.Measured;
import io.tripwatch.bench.Setting;
import io.tripwatch.bench.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Measures how cost and state grow, and writes {@code scale.json} and {@code scale.md}. */
public final class ScaleBench {
  private static final int LARGE_DRIVERS = 10_000_000;
  private static final double ON_TRIP = 0.5;
  private static final String BEGIN = "<!-- measured: begin -->";
  private static final String END = "<!-- measured: end -->";

  /** Beyond its spans: a million drivers are heard of, stored and read again meanwhile. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Request request;
  private final Consumer<String> progress;
  private final Machine machine;
  private final List<Line> lines;
  private final Map<Integer, Forks> forks = new HashMap<>();
  private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /**
   * What is wanted.
   *
   * @param groups of {@link Group}, by name; empty: all
   * @param drivers the fleets, the smallest first
   * @param page whose measured part is replaced; null: none
   */
  public record Request(
      Set<Group> groups,
      List<Integer> drivers,
      int mostHeapGb,
      Spans spans,
      boolean quick,
      int rounds,
      Shape shape,
      long seed,
      Path output,
      Path page) {}

  /** One that has measured nothing yet. */
  public ScaleBench(Request request, Consumer<String> progress) throws IOException {
    this.request = request;
    this.progress = progress;
    machine = Machine.here();
    Lines.Sizes sizes =
        request.quick
            ? Lines.Sizes.quick(request.shape, request.seed)
            : Lines.Sizes.whole(
                request.shape, request.seed, request.drivers, request.mostHeapGb, request.spans);
    Set<Group> groups = request.groups.isEmpty() ? EnumSet.allOf(Group.class) : request.groups;
    lines = Lines.of(groups, sizes);
  }

  /**
   * Measures all of it.
   *
   * @return the tables
   */
  public String measure() throws IOException, InterruptedException {
    Files.createDirectories(request.output);
    for (int round = 1; round <= request.rounds; round++) {
      for (Line line : lines) {
        measure(line, "round " + round + " of " + request.rounds);
        // Whoever interrupts it has what was measured so far.
        write();
      }
    }
    if (request.page != null) {
      replaceIn(request.page);
    }
    return markdown();
  }

  /** Whether every line was. */
  public boolean isMeasured() {
    return lines.stream().allMatch(Line::isMeasured);
  }

  private void measure(Line line, String when) throws IOException, InterruptedException {
    Entry entry = line.entry();
    Setting setting = entry.setting();
    try {
      Duration limit = PATIENCE.plus(setting.warmUp()).plus(setting.measured());
      Measured measured = forks(line.heapGb()).run(entry.task(), setting, limit);
      entry.add(measured);
      progress.accept(
          "%s  %s: %,.0f records/s  %s"
              .formatted(when, entry.label(), measured.rate(), measured.extra()));
    } catch (FailedException e) {
      entry.fail(e.getMessage());
      progress.accept("%s  %s failed: %s".formatted(when, entry.label(), e.getMessage()));
    }
  }

  private Forks forks(int heapGb) {
    return forks.computeIfAbsent(
        heapGb, any -> new Forks(heapGb + "g", request.output.resolve("scale-forks.log")));
  }

  private void write() throws IOException {
    ObjectMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", at.toString());
    map.put("machine", machine);
    map.put("rounds", request.rounds);
    map.put("lines", lines.stream().map(ScaleBench::asMap).toList());
    json.writeValue(request.output.resolve("scale.json").toFile(), map);
    Files.writeString(request.output.resolve("scale.md"), markdown());
  }

  private static Map<String, Object> asMap(Line line) {
    Map<String, Object> map = line.entry().asMap();
    map.put("heapGb", line.heapGb());
    map.put("rules", line.task().rules());
    return map;
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(machine).append("; ").append(at).append(", a ");
    text.append(request.shape.shown()).append(" fleet, forks of each: ");
    text.append(request.rounds).append(".\n");
    text.append(request.quick ? "A quick run: the figures mean nothing.\n" : "").append('\n');
    Tables tables = new Tables(lines);
    capacity(tables)
        .ifPresent(
            capacity ->
                text.append("### Ten million drivers, half of them on a trip\n\n")
                    .append(capacity.markdown())
                    .append('\n'));
    text.append(tables.markdown());
    for (Line line : lines) {
      if (line.entry().failure() != null) {
        text.append(line.entry().label()).append(" failed: ");
        text.append(line.entry().failure()).append("\n");
      }
    }
    return text.toString();
  }

  /** Nothing before all that it takes was measured. */
  private static Optional<Capacity> capacity(Tables tables) {
    List<Line> rocksdb = tables.held("rocksdb");
    Optional<Tables.Weight> idle = tables.weight("rocksdb", Shape.IDLE);
    Optional<Tables.Weight> busy = tables.weight("rocksdb", Shape.CITY);
    Optional<Line> incremental = tables.largest("incrementalBytes");
    Optional<Line> restart = tables.largest("firstRecordAfterS");
    if (rocksdb.isEmpty()
        || idle.isEmpty()
        || busy.isEmpty()
        || incremental.isEmpty()
        || restart.isEmpty()) {
      return Optional.empty();
    }
    Line large = rocksdb.get(rocksdb.size() - 1);
    double share = Shape.CITY.onTrip();
    Capacity.Measurements measured =
        new Capacity.Measurements(
            large.cpuNanos(),
            1e9 / large.wallNanos(),
            idle.get().heap(),
            (busy.get().heap() - idle.get().heap()) / share,
            idle.get().stored(),
            (busy.get().storedOfDrivers() - idle.get().storedOfDrivers()) / share,
            busy.get().ofOrders("orders") + busy.get().ofOrders("flights"),
            busy.get().ofOrders("claims"),
            incremental.get().figure("incrementalBytes") / incremental.get().drivers(),
            incremental.get().figure("fixesBetween"),
            restart.get().figure("firstRecordAfterS"),
            RecordBytes.of(large.shape()));
    return Optional.of(new Capacity(LARGE_DRIVERS, ON_TRIP, measured));
  }

  private void replaceIn(Path page) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          page
              + " has no "
              + BEGIN
              + " with "
              + END
              + " after it; write both, or leave --page out");
    }
    Files.writeString(
        page, text.substring(0, begin + BEGIN.length()) + "\n" + markdown() + text.substring(end));
  }
}
