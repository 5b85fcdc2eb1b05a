package io.tripwatch.bench.scale;

import io.tripwatch.bench.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The results as tables for the page of capacity. */
final class Tables {
  private static final double BYTES_PER_MB = 1e6;
  private static final double MS_PER_S = 1e3;

  private final List<Line> lines;

  Tables(List<Line> lines) {
    this.lines = lines.stream().filter(Line::isMeasured).toList();
  }

  /** One after another, those of which anything was measured. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    for (Group group : Group.values()) {
      List<Line> of = of(group);
      if (!of.isEmpty()) {
        text.append("### As measured: ").append(group.title()).append("\n\n");
        text.append(table(group, of)).append('\n');
      }
    }
    return text.toString();
  }

  private String table(Group group, List<Line> of) {
    return switch (group) {
      case DRIVERS -> costs(of, "state in", line -> line.task().backend().shown()) + growth();
      case TRIPS -> costs(of, "on a trip", line -> percent(line.shape().onTrip()));
      case RULES -> costs(of, "rules", line -> Integer.toString(line.task().rules()));
      case PARALLELISM -> costs(of, "parallelism", Tables::parallelism);
      case STATE -> state(of);
      case CHECKPOINT -> checkpoints(of);
      case RESTART -> restarts(of);
    };
  }

  private List<Line> of(Group group) {
    return lines.stream().filter(line -> line.groups().contains(group)).toList();
  }

  private static String parallelism(Line line) {
    return Integer.toString(line.entry().setting().parallelism());
  }

  private static String percent(double share) {
    return "%.0f %%".formatted(100 * share);
  }

  private static String costs(List<Line> of, String grows, Function<Line, String> size) {
    StringBuilder text = new StringBuilder();
    row(text, grows, "drivers", "heap", "files held", "records/s", "CPU ns/record");
    text.setLength(text.length() - 1);
    text.append(" wall ns/record | cores | records/s a core | event minutes |\n");
    text.append("|---|---:|---:|---|---:|---:|---:|---:|---:|---:|\n");
    for (Line line : of.stream().sorted(Comparator.comparing(size, Tables::byNumber)).toList()) {
      row(
          text,
          size.apply(line),
          number(line.drivers()),
          line.heapGb() + " GB",
          held(line),
          number(1e9 / line.wallNanos()),
          number(line.cpuNanos()),
          number(line.wallNanos()),
          "%.1f".formatted(line.cpuNanos() / line.wallNanos()),
          number(1e9 / line.cpuNanos()),
          "%.0f".formatted(line.figure("eventMinutes")));
    }
    return text.toString();
  }

  private static int byNumber(String one, String other) {
    boolean areNumbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
    return areNumbers ? Integer.compare(leading(one), leading(other)) : one.compareTo(other);
  }

  static int leading(String text) {
    return Integer.parseInt(text.split(" ", 2)[0]);
  }

  private static String held(Line line) {
    return switch (line.task().holding()) {
      case ALL -> "all, by number";
      case AS_SHIPPED ->
          line.holdsAll() ? "all" : percent(line.figure("heldAtMost") / line.drivers());
    };
  }

  /** Cost at the largest fleet over cost at the smallest, of those whose files are all held. */
  private String growth() {
    StringBuilder text = new StringBuilder();
    for (String backend : List.of("heap", "rocksdb")) {
      List<Line> held = held(backend);
      if (held.size() > 1) {
        Line least = held.get(0);
        Line most = held.get(held.size() - 1);
        row(
            text,
            backend,
            number(most.drivers()) + " / " + number(least.drivers()),
            "%.2f".formatted(most.cpuNanos() / least.cpuNanos()),
            "%.2f".formatted(most.wallNanos() / least.wallNanos()),
            backend.equals("heap") ? "1.3" : "2");
      }
    }
    return text.isEmpty()
        ? ""
        : "\n| state in | drivers | CPU | wall | at most |\n|---|---:|---:|---:|---:|\n" + text;
  }

  /** Of one backend, whose files are all held, by drivers. */
  List<Line> held(String backend) {
    return of(Group.DRIVERS).stream()
        .filter(line -> line.task().backend().shown().equals(backend) && line.holdsAll())
        .sorted(Comparator.comparingInt(Line::drivers))
        .toList();
  }

  /** Of the largest fleet that has it. */
  Optional<Line> largest(String figure) {
    return lines.stream()
        .filter(line -> line.tells(figure))
        .max(Comparator.comparingInt(Line::drivers));
  }

  /** What a driver of a shape weighs; those of the larger of two fleets. */
  Optional<Weight> weight(String backend, Shape shape) {
    List<Line> weighed =
        of(Group.STATE).stream()
            .filter(line -> line.tells("savepointBytes"))
            .filter(line -> line.task().backend().shown().equals(backend))
            .toList();
    List<Line> idle = weighed.stream().filter(line -> line.shape() == Shape.IDLE).toList();
    if (idle.size() < 2) {
      return Optional.empty();
    }
    Line few = idle.get(0);
    Line many = idle.get(1);
    double heapEach = (heap(many) - heap(few)) / (many.drivers() - few.drivers());
    double heapOfNobody = heap(few) - few.drivers() * heapEach;
    return weighed.stream()
        .filter(line -> line.shape() == shape)
        .reduce((first, second) -> second)
        .map(line -> Weight.of(line, heapOfNobody));
  }

  private static double heap(Line line) {
    return line.figure("liveHeapBytes");
  }

  /** Bytes of one driver. */
  record Weight(Line line, double stored, double storedOfDrivers, double heap) {
    /** Bytes that a stage stores of an order. */
    double ofOrders(String stage) {
      double orders = line.drivers() * line.shape().tripsAfter(line.figure("eventMinutes"));
      String figure = "savepointBytes of " + stage;
      return line.tells(figure) ? line.figure(figure) / orders : 0;
    }

    static Weight of(Line line, double heapOfNobody) {
      String drivers = "savepointBytes of drivers";
      return new Weight(
          line,
          line.figure("savepointBytes") / line.drivers(),
          line.tells(drivers) ? line.figure(drivers) / line.drivers() : 0,
          (Tables.heap(line) - heapOfNobody) / line.drivers());
    }
  }

  private String state(List<Line> of) {
    StringBuilder text = new StringBuilder();
    row(text, "state in", "drivers are", "on a trip", "event minutes", "savepoint, bytes a driver");
    text.setLength(text.length() - 1);
    text.append(" of it in the drivers' stage | live heap, bytes a driver |\n");
    text.append("|---|---|---:|---:|---:|---:|---:|\n");
    of.stream()
        .map(line -> weight(line.task().backend().shown(), line.shape()).orElse(null))
        .filter(Objects::nonNull)
        .distinct()
        .forEach(
            weight ->
                row(
                    text,
                    weight.line().task().backend().shown(),
                    weight.line().shape().shown(),
                    percent(weight.line().shape().onTrip()),
                    "%.0f".formatted(weight.line().figure("eventMinutes")),
                    number(weight.stored()),
                    number(weight.storedOfDrivers()),
                    number(weight.heap())));
    return text.toString();
  }

  private static String checkpoints(List<Line> of) {
    StringBuilder text = new StringBuilder();
    row(text, "state in", "drivers", "event minutes", "full, MB", "ms", "bytes a driver");
    text.setLength(text.length() - 1);
    text.append(" incremental, MB | ms | bytes a driver | his fixes since |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (Line line : of.stream().filter(one -> one.tells("fullBytes")).toList()) {
      List<String> cells = new ArrayList<>();
      cells.add(line.task().backend().shown());
      cells.add(number(line.drivers()));
      cells.add("%.0f".formatted(line.figure("eventMinutes")));
      addStored(cells, line, "full");
      if (line.tells("incrementalBytes")) {
        addStored(cells, line, "incremental");
        cells.add("%.1f".formatted(line.figure("fixesBetween")));
      } else {
        cells.addAll(List.of("", "", "", ""));
      }
      row(text, cells.toArray(String[]::new));
    }
    return text.toString();
  }

  private static void addStored(List<String> cells, Line line, String kind) {
    cells.add(number(line.figure(kind + "Bytes") / BYTES_PER_MB));
    cells.add(number(line.figure(kind + "Ms")));
    cells.add(number(line.figure(kind + "Bytes") / line.drivers()));
  }

  private static String restarts(List<Line> of) {
    StringBuilder text = new StringBuilder();
    row(text, "state in", "drivers", "records behind", "first record after, s");
    text.setLength(text.length() - 1);
    text.append(" caught up after, s | records/s meanwhile |\n");
    text.append("|---|---:|---:|---:|---:|---:|\n");
    for (Line line : of.stream().filter(one -> one.tells("caughtUpAfterS")).toList()) {
      double reading = line.figure("caughtUpAfterS") - line.figure("firstRecordAfterS");
      row(
          text,
          line.task().backend().shown(),
          number(line.drivers()),
          number(line.figure("behindRecords")),
          "%.1f".formatted(line.figure("firstRecordAfterS")),
          "%.1f".formatted(line.figure("caughtUpAfterS")),
          number(line.figure("behindRecords") / Math.max(1 / MS_PER_S, reading)));
    }
    return text.toString();
  }

  static String number(double value) {
    return "%,.0f".formatted(value);
  }

  static void row(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
