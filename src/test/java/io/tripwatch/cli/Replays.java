package io.tripwatch.cli;

import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import java.nio.file.Path;
import java.util.Map;

/** Replays for tests of other packages. */
public final class Replays {
  private Replays() {}

  /** Writes the final verdicts on a folder. */
  public static ReplayCounts finals(
      Path input, Path output, int parallelism, ReplayRun.Backend backend) throws Exception {
    return Replay.run(new ReplayRun.Request(input, null, parallelism, backend))
        .writeTo(output, true, new ReplayGraph(Map.of(), 1));
  }
}
