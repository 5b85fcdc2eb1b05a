package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The passengers a driver is on each other's blacklist with: since when, by the order that did it.
 */
public final class Pairs {
  /** What put a pair on the list is forgotten after so long: no setting keeps it longer. */
  public static final long KEPT_MS = 4_000 * 24 * 3_600_000L;

  /** By passenger, by order; made when there is one. */
  private Map<String, Map<String, Long>> since = Collections.emptyMap();

  /** The passenger each order put on the list: one, for its ratings belong to its last turn. */
  private Map<String, String> passengers = Collections.emptyMap();

  /**
   * Takes in what the ratings of one order say now.
   *
   * @param at since when, or NEVER if they do not blacklist the pair (any more)
   * @return whether that is new
   */
  public boolean set(String passengerId, String orderId, long at) {
    if (at == NEVER) {
      Map<String, Long> orders = since.get(passengerId);
      boolean was = orders != null && orders.remove(orderId) != null;
      if (was && orders.isEmpty()) {
        since.remove(passengerId);
      }
      if (was) {
        passengers.remove(orderId);
      }
      return was;
    }
    since = since.isEmpty() ? new TreeMap<>() : since;
    passengers = passengers.isEmpty() ? new HashMap<>() : passengers;
    passengers.put(orderId, passengerId);
    Long before = since.computeIfAbsent(passengerId, any -> new TreeMap<>()).put(orderId, at);
    return before == null || before != at;
  }

  /**
   * Since when a pair is on the list at a time.
   *
   * @param forMs how long it stays there, both ends included
   * @return the latest moment that put it there, or NEVER
   */
  public long since(String passengerId, long time, long forMs) {
    long latest = NEVER;
    for (long at : since.getOrDefault(passengerId, Map.of()).values()) {
      if (at <= time && time - at <= forMs && (latest == NEVER || at > latest)) {
        latest = at;
      }
    }
    return latest;
  }

  /** Whom an order put on the list; null if nobody. */
  public String passengerOf(String orderId) {
    return passengers.get(orderId);
  }

  /** The moments that put a passenger on the list, by order. */
  public Map<String, Long> of(String passengerId) {
    return since.getOrDefault(passengerId, Map.of());
  }

  /** The passengers on the list, now or once. */
  public Set<String> passengers() {
    return since.keySet();
  }

  /** Forgets what put someone on the list before a time. */
  public void forgetBefore(long time) {
    since.values().forEach(orders -> orders.values().removeIf(at -> at < time));
    since.values().removeIf(Map::isEmpty);
    passengers.entrySet().removeIf(one -> !of(one.getValue()).containsKey(one.getKey()));
  }

  /** Writes it. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(since.size());
    for (Map.Entry<String, Map<String, Long>> pair : since.entrySet()) {
      Wire.writeString(pair.getKey(), out);
      out.writeInt(pair.getValue().size());
      for (Map.Entry<String, Long> order : pair.getValue().entrySet()) {
        Wire.writeString(order.getKey(), out);
        out.writeLong(order.getValue());
      }
    }
  }

  /** Reads what was written. */
  public static Pairs read(DataInput in) throws IOException {
    Pairs pairs = new Pairs();
    for (int passengers = in.readInt(); passengers > 0; passengers--) {
      String passengerId = Wire.readString(in);
      for (int orders = in.readInt(); orders > 0; orders--) {
        pairs.set(passengerId, Wire.readString(in), in.readLong());
      }
    }
    return pairs;
  }
}
