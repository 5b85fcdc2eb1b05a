package io.tripwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a replay says: the verdicts that everything else must come to. */
final class Replayed {
  private Replayed() {}

  static AlertHistory alerts(Path input, Path output) throws IOException {
    Ran.done("replay", "--final", "--input", input.toString(), "--output", output.toString());
    AlertHistory alerts = new AlertHistory();
    for (String line : Files.readAllLines(output.resolve("alerts.ndjson"))) {
      alerts.add(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return alerts;
  }
}
