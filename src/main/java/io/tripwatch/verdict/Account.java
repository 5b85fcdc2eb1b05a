package io.tripwatch.verdict;

import static io.tripwatch.trip.PickupTime.NEVER;

import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A driver's final penalties, as far as they still count against him. */
final class Account {
  /** Of this rule a final penalty bars the driver for ever. */
  static final String BARRING_RULE = "fake-order";

  private static final Comparator<Entry> BY_TIME =
      Comparator.comparingLong(Entry::occurredAt)
          .thenComparing(Entry::ruleId)
          .thenComparingLong(Entry::points)
          .thenComparingLong(Entry::fineCents);

  private final List<Entry> entries = new ArrayList<>();

  /** How many others there are that are too old to count. */
  private int tooOld;

  /** One final penalty. */
  record Entry(long occurredAt, String ruleId, long points, long fineCents) {}

  /** The final ones of some penalties. */
  static List<Entry> finals(Iterable<? extends Output> penalties) {
    List<Entry> finals = new ArrayList<>();
    for (Output output : penalties) {
      if (output instanceof Statement penalty
          && penalty.topic() == OutputTopic.PENALTIES
          && Penalties.FINAL.equals(penalty.status())) {
        finals.add(
            new Entry(
                occurredAt(penalty),
                (String) penalty.fields().get("ruleId"),
                (Long) penalty.fields().get("points"),
                (Long) penalty.fields().get("fineCents")));
      }
    }
    finals.sort(BY_TIME);
    return finals;
  }

  /** When what a penalty is for happened. */
  static long occurredAt(Statement penalty) {
    return ((Instant) penalty.fields().get("occurredAt")).toEpochMilli();
  }

  /**
   * Puts final penalties in place of others.
   *
   * @return whether that changes anything
   */
  boolean replace(List<Entry> before, List<Entry> after) {
    if (before.equals(after)) {
      return false;
    }
    for (Entry entry : before) {
      // What is not among them is too old to count.
      tooOld -= entries.remove(entry) ? 0 : 1;
    }
    entries.addAll(after);
    entries.sort(BY_TIME);
    return true;
  }

  /** The entries, in order of time. */
  List<Entry> entries() {
    return entries;
  }

  /** Whether no final penalty ever stood. */
  boolean isBlank() {
    return entries.isEmpty() && tooOld == 0;
  }

  /** Forgets what no longer counts; what bars the driver always does. */
  void forgetBefore(long time) {
    int known = entries.size();
    entries.removeIf(entry -> entry.occurredAt() < time && !entry.ruleId().equals(BARRING_RULE));
    tooOld += known - entries.size();
  }

  /** When the first entry happened that will be forgotten; NEVER if there is none. */
  long firstAt() {
    for (Entry entry : entries) {
      if (!entry.ruleId().equals(BARRING_RULE)) {
        return entry.occurredAt();
      }
    }
    return NEVER;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(tooOld);
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      out.writeLong(entry.occurredAt());
      Wire.writeString(entry.ruleId(), out);
      out.writeLong(entry.points());
      out.writeLong(entry.fineCents());
    }
  }

  void read(DataInput in) throws IOException {
    tooOld = in.readInt();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(new Entry(in.readLong(), Wire.readString(in), in.readLong(), in.readLong()));
    }
  }
}
