package io.tripwatch.bench.peers;

import io.tripwatch.bench.Task;
import java.util.List;
import java.util.stream.Stream;

/** The peers that need nothing but Flink, or not even that. */
public final class Peers {
  /** In the order of the results. */
  public static final List<Task> ALL =
      Stream.concat(FlinkPeer.ALL.stream(), Stream.of(new LoopPeer())).toList();

  private Peers() {}
}
