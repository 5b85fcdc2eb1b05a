package io.tripwatch.bench.peers;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** What a job in this process found: its tasks know it by its id, for Flink serializes them. */
final class Gathered implements AutoCloseable {
  private static final Map<Integer, Set<String>> OPEN = new ConcurrentHashMap<>();
  private static final AtomicInteger IDS = new AtomicInteger();

  private final int id = IDS.incrementAndGet();
  private final Set<String> found = new ConcurrentSkipListSet<>();

  Gathered() {
    OPEN.put(id, found);
  }

  /** Gathers what a stream says. */
  void from(DataStream<String> alerts) {
    int key = id;
    alerts
        .filter(alert -> OPEN.get(key).add(alert))
        .name("gathered")
        .sinkTo(new DiscardingSink<>())
        .name("none");
  }

  Set<String> found() {
    return new TreeSet<>(found);
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
