package io.tripwatch.bench.pieces;

import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.JacksonDecoder;
import io.tripwatch.bench.Shape;
import io.tripwatch.codec.Decoded;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Event;
import io.tripwatch.event.Topic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One record's bytes to its event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class DecodePiece {
  private static final int RECORDS = 1024;

  private final EventDecoder decoder = new EventDecoder();
  private final JacksonDecoder jackson = new JacksonDecoder();
  private final byte[][] records = new byte[RECORDS][];
  private int next;

  /** What is decoded. */
  @Param({"GPS", "ORDERS", "BUTTONS"})
  public Topic topic;

  /** Takes the first records of the topic. */
  @Setup
  public void collect() {
    Fleet fleet = new Fleet(new Fleet.Plan(Shape.DENSE, 500, 1));
    int collected = 0;
    while (collected < RECORDS) {
      fleet.advance();
      if (fleet.topic() == topic) {
        records[collected++] = fleet.value();
      }
    }
  }

  /** The job's decoder. */
  @Benchmark
  public Decoded ours() {
    return decoder.decode(topic, record());
  }

  /** Jackson databind, to the same object. */
  @Benchmark
  public Event jackson() {
    return jackson.decode(topic, record());
  }

  private byte[] record() {
    next = (next + 1) % RECORDS;
    return records[next];
  }
}
