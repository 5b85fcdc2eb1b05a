package io.tripwatch.bench.scale;

import io.tripwatch.bench.FlinkRun.Backend;
import java.time.Duration;

/**
 * How long each fork takes.
 *
 * @param warmUp at least; longer where drivers have not sent fixes enough by then
 * @param onHeap measured
 * @param onRocksdb measured: as long as checkpoints are apart, for one to be in it
 */
public record Spans(Duration warmUp, Duration onHeap, Duration onRocksdb) {
  /** For figures: the compiler is busy for the first half minute. */
  public static final Spans WHOLE =
      new Spans(Duration.ofSeconds(25), Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** To see whether it works. */
  static final Spans QUICK =
      new Spans(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));

  Duration measured(Backend backend) {
    return backend == Backend.HEAP ? onHeap : onRocksdb;
  }
}
