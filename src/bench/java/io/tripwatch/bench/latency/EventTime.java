package io.tripwatch.bench.latency;

import io.tripwatch.kafka.KafkaInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.common.TopicPartition;

/**
 * When event time could be known to have come: what the broker was given decides, not what the job
 * made of it. For each partition it keeps the greatest event time among the records appended so
 * far.
 */
final class EventTime {
  private final Map<TopicPartition, Partition> partitions = new HashMap<>();

  /**
   * What was appended to one partition: instants of append, and the greatest event time by then.
   */
  private static final class Partition {
    private long[] appendedAt = new long[1024];
    private long[] greatest = new long[1024];
    private int size;

    void add(long appendMs, long eventMs) {
      if (size > 0 && appendMs <= appendedAt[size - 1]) {
        greatest[size - 1] = Math.max(greatest[size - 1], eventMs);
        return;
      }
      if (size == appendedAt.length) {
        appendedAt = Arrays.copyOf(appendedAt, 2 * size);
        greatest = Arrays.copyOf(greatest, 2 * size);
      }
      appendedAt[size] = appendMs;
      greatest[size] = size == 0 ? eventMs : Math.max(greatest[size - 1], eventMs);
      size++;
    }
  }

  /** A record was appended. Called by one thread. */
  void appended(TopicPartition partition, long appendMs, long eventMs) {
    // As the job does: no clock that runs ahead moves time.
    partitions
        .computeIfAbsent(partition, any -> new Partition())
        .add(appendMs, Math.min(eventMs, appendMs));
  }

  /** Event time as a function of the time of append. */
  Course course() {
    List<long[]> changes = new ArrayList<>();
    int number = 0;
    for (Partition partition : partitions.values()) {
      for (int i = 0; i < partition.size; i++) {
        changes.add(new long[] {partition.appendedAt[i], number, partition.greatest[i]});
      }
      number++;
    }
    changes.sort((a, b) -> Long.compare(a[0], b[0]));
    return new Course(changes, number);
  }

  /**
   * The watermark that the input allows, as it rose: {@link KafkaInputs#OUT_OF_ORDERNESS} behind
   * the least of the partitions that had a record within {@link KafkaInputs#IDLENESS}.
   */
  static final class Course {
    private final long idleMs = KafkaInputs.IDLENESS.toMillis();
    private final long[] greatest;
    private final long[] last;
    private final PriorityQueue<long[]> silences =
        new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    private final List<long[]> rises = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    private Course(List<long[]> changes, int partitions) {
      greatest = new long[partitions];
      last = new long[partitions];
      Arrays.fill(last, Long.MIN_VALUE / 2);
      for (long[] change : changes) {
        while (!silences.isEmpty() && silences.peek()[0] < change[0]) {
          long[] silence = silences.poll();
          rise(silence[0], true);
        }
        int partition = (int) change[1];
        last[partition] = change[0];
        greatest[partition] = change[2];
        silences.add(new long[] {change[0] + idleMs + 1, partition});
        rise(change[0], false);
      }
    }

    private void rise(long at, boolean bySilence) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < last.length; i++) {
        if (at - last[i] <= idleMs) {
          least = Math.min(least, greatest[i]);
        }
      }
      long allowed = least - KafkaInputs.OUT_OF_ORDERNESS.toMillis();
      if (least != Long.MAX_VALUE && allowed > watermark) {
        watermark = allowed;
        rises.add(new long[] {at, allowed, bySilence ? 1 : 0});
      }
    }

    /**
     * When the input first allowed a watermark of a time, milliseconds since 1970; NaN where it did
     * not yet, or where it did because a partition fell silent: then the job's own clock decides,
     * within a tenth of a second.
     */
    double allowedAt(long eventMs) {
      int from = 0;
      int to = rises.size();
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (rises.get(middle)[1] >= eventMs) {
          to = middle;
        } else {
          from = middle + 1;
        }
      }
      if (from == rises.size() || rises.get(from)[2] == 1) {
        return Double.NaN;
      }
      return rises.get(from)[0];
    }
  }
}
