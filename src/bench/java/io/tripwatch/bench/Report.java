package io.tripwatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a table for people, a file for programs, and a picture. */
final class Report {
  private final Machine machine;
  private final List<String> flags;
  private final int rounds;
  private final Map<String, Entry> entries;
  private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  Report(Machine machine, List<String> flags, int rounds, Map<String, Entry> entries) {
    this.machine = machine;
    this.flags = flags;
    this.rounds = rounds;
    this.entries = entries;
  }

  /** Writes {@code results.json}, {@code table.md} and {@code rates.png}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ObjectMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    json.writeValue(folder.resolve("results.json").toFile(), asMap());
    Files.writeString(folder.resolve("table.md"), markdown());
    List<Entry> measured = entries.values().stream().filter(Entry::isMeasured).toList();
    // One bar is no picture, and the chart knows no axis for it.
    if (measured.size() > 1) {
      Picture.of(measured).save(folder.resolve("rates.png"));
    }
  }

  private Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", at.toString());
    map.put("machine", machine);
    map.put("flags", flags);
    map.put("flink", FlinkRun.SET_UP);
    map.put("rounds", rounds);
    map.put("lines", entries.values().stream().map(Entry::asMap).toList());
    map.put(
        "ratios",
        Ratio.ALL.stream()
            .filter(ratio -> ratio.isKnown(entries))
            .map(ratio -> asMap(ratio, ratio.of(entries)))
            .toList());
    return map;
  }

  private static Map<String, Object> asMap(Ratio ratio, Spread is) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("title", ratio.title());
    map.put("upper", ratio.upper());
    map.put("lower", ratio.lower());
    map.put("atLeast", ratio.atLeast());
    map.put("is", is);
    map.put("met", is.median() >= ratio.atLeast());
    return map;
  }

  /** The tables, as they are printed, too. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(machine).append(".\n");
    text.append("Forks of each task, turn and turn about: ").append(rounds).append("; java ");
    text.append(String.join(" ", flags)).append(". ").append(at).append(".\n");
    text.append(FlinkRun.SET_UP).append(".\n\n");
    lines(text);
    ratios(text);
    failures(text);
    return text.toString();
  }

  private void lines(StringBuilder text) {
    text.append("| | shape | drivers | parallelism | records/s | from..to | CPU ns/record |");
    text.append(" cores |\n|---|---|---:|---:|---:|---:|---:|---:|\n");
    for (Entry entry : entries.values()) {
      if (entry.isMeasured()) {
        Setting setting = entry.setting();
        Spread rate = entry.rate();
        text.append(
            "| `%s` | %s | %,d | %d | %,.0f | %,.0f..%,.0f | %,.0f | %.1f |%n"
                .formatted(
                    entry.label(),
                    setting.fleet().shape().shown(),
                    setting.fleet().drivers(),
                    setting.parallelism(),
                    rate.median(),
                    rate.min(),
                    rate.max(),
                    entry.cpuNanosPerRecord().median(),
                    entry.cores().median()));
      }
    }
    text.append('\n');
  }

  private void ratios(StringBuilder text) {
    List<Ratio> known = Ratio.ALL.stream().filter(ratio -> ratio.isKnown(entries)).toList();
    if (known.isEmpty()) {
      return;
    }
    text.append("| ratio of medians | is | from..to | at least | met |\n");
    text.append("|---|---:|---:|---:|---|\n");
    for (Ratio ratio : known) {
      Spread is = ratio.of(entries);
      text.append(
          "| %s | %.2f | %.2f..%.2f | %.2f | %s |%n"
              .formatted(
                  ratio.title(),
                  is.median(),
                  is.min(),
                  is.max(),
                  ratio.atLeast(),
                  is.median() >= ratio.atLeast() ? "yes" : "no"));
    }
    text.append('\n');
  }

  private void failures(StringBuilder text) {
    String failed =
        entries.values().stream()
            .filter(entry -> entry.failure() != null)
            .map(entry -> "`" + entry.label() + "` failed: " + entry.failure() + "\n")
            .collect(Collectors.joining());
    text.append(failed);
  }
}
