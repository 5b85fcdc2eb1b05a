package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.settings.RuleBook;
import io.tripwatch.trip.FixStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An archive in memory. */
public final class HeapArchive implements Archive {
  private static final int MANY_ROUNDS = 100;

  private final Map<String, OrderFile> files = new TreeMap<>();
  private final Map<String, Long> wakes = new TreeMap<>();
  private final Fixes fixes = new Fixes();

  /** Fixes that are not held in memory: as good as in state. */
  private static final class Fixes implements FixStore {
    private final Map<Long, byte[]> pieces = new TreeMap<>();

    @Override
    public void put(long piece, byte[] bytes) {
      pieces.put(piece, bytes);
    }

    @Override
    public byte[] get(long piece) {
      return pieces.get(piece);
    }
  }

  /** Where the driver's fixes are put away. */
  public FixStore fixes() {
    return fixes;
  }

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
    return wakes.getOrDefault(orderId, NEVER);
  }

  @Override
  public void remove(String orderId) {
    files.remove(orderId);
    wakes.remove(orderId);
  }

  @Override
  public Iterable<OrderFile> recent() {
    return all();
  }

  @Override
  public Iterable<OrderFile> of(String passengerId, long openedFrom) {
    List<OrderFile> with = new ArrayList<>(files.values());
    with.removeIf(file -> !file.isOpenedWith(passengerId, openedFrom));
    return with;
  }

  @Override
  public Iterable<OrderFile> all() {
    return List.copyOf(files.values());
  }

  /** Writes all files and reads them back. */
  void reread() {
    files.replaceAll((orderId, file) -> Reread.copy(file));
  }

  /** Has the files whose time has come reviewed, and those whose time comes by that. */
  public void reviewDue(Dossier dossier, RuleBook rules, long now, Publisher publisher) {
    reviewDue(dossier, rules, Undos.NONE, now, publisher);
  }

  /** The same, where versions of the rules may be undone. */
  public void reviewDue(
      Dossier dossier, RuleBook rules, Undos undos, long now, Publisher publisher) {
    for (int rounds = 0; wake() <= now; rounds++) {
      if (rounds > MANY_ROUNDS) {
        throw new IllegalStateException("files of " + due(now) + " wake again and again");
      }
      for (String orderId : due(now)) {
        dossier.review(orderId, rules, undos, 1, now, publisher);
      }
    }
  }

  /** When the next file's time comes; NEVER if none does. */
  public long wake() {
    return wakes.values().stream().mapToLong(Long::longValue).min().orElse(NEVER);
  }

  /** The orders whose files' time has come. */
  public List<String> due(long now) {
    return wakes.entrySet().stream()
        .filter(wake -> wake.getValue() <= now)
        .map(Map.Entry::getKey)
        .toList();
  }
}
