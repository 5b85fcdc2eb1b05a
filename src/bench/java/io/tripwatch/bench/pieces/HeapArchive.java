package io.tripwatch.bench.pieces;

import io.tripwatch.trip.PickupTime;
import io.tripwatch.verdict.Archive;
import io.tripwatch.verdict.OrderFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An archive that forgets itself with its driver. */
final class HeapArchive implements Archive {
  private final Map<String, OrderFile> files = new HashMap<>();
  private final Map<String, Long> wakes = new HashMap<>();

  @Override
  public OrderFile get(String orderId) {
    return files.get(orderId);
  }

  @Override
  public void put(OrderFile file, long wake) {
    files.put(file.orderId(), file);
    wakes.put(file.orderId(), wake);
  }

  @Override
  public long wakeOf(String orderId) {
    return wakes.getOrDefault(orderId, PickupTime.NEVER);
  }

  @Override
  public void remove(String orderId) {
    files.remove(orderId);
    wakes.remove(orderId);
  }

  @Override
  public Iterable<OrderFile> of(String passengerId, long openedFrom) {
    return all();
  }

  @Override
  public Iterable<OrderFile> recent() {
    return all();
  }

  @Override
  public Iterable<OrderFile> all() {
    return List.copyOf(files.values());
  }
}
