package io.tripwatch.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What the jobs of this process say, where it is little enough to be kept. Its tasks know it by its
 * id, for Flink serializes them.
 *
 * @param <T> what they say
 */
public final class Gathered<T> implements AutoCloseable {
  private static final Map<Integer, Queue<Object>> OPEN = new ConcurrentHashMap<>();
  private static final AtomicInteger IDS = new AtomicInteger();

  private final int id = IDS.incrementAndGet();
  private final Class<T> type;

  /** Nothing yet. */
  public Gathered(Class<T> type) {
    this.type = type;
    OPEN.put(id, new ConcurrentLinkedQueue<>());
  }

  /** Gathers what a stream says. */
  public void from(DataStream<? extends T> stream) {
    int key = id;
    stream
        .filter(said -> !OPEN.get(key).add(said))
        .name("gathered")
        .uid("gathered")
        .sinkTo(new DiscardingSink<>())
        .name("none")
        .uid("none");
  }

  /** All of it so far. */
  public Collection<T> all() {
    List<Object> all = List.copyOf(OPEN.get(id));
    return all.stream().map(type::cast).toList();
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
