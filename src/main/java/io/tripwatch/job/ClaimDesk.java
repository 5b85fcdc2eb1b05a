package io.tripwatch.job;

import io.tripwatch.event.Wire;
import io.tripwatch.trip.TripSummary;
import io.tripwatch.verdict.Compensations;
import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.DossierWire;
import io.tripwatch.verdict.Ledger;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Statement;
import io.tripwatch.verdict.TripClaim;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Knows what all trips of one order claim: publishes what is owed to its passenger, and passes on
 * what it adds to its day. The same for an alert about a driver and no trip, where nothing is owed.
 */
final class ClaimDesk {
  private static final long DAY_MS = 24 * 3_600_000L;

  /** Thirty days a person may speak, another day a penalty waits, and a bit. */
  static final long MEMORY_MS = 35 * DAY_MS;

  /** While fines wait, it is remembered longer: as long as the settings let them wait. */
  static final long LONGEST_MEMORY_MS = 65 * DAY_MS;

  private final Map<String, TripClaim> claims = new TreeMap<>();
  private final Ledger ledger = new Ledger();

  /** What was passed on; null if nothing. */
  private DayFigures counted;

  /** The end of the last trip. */
  private long endedAt = Long.MIN_VALUE;

  private boolean isChanged;
  private long timerAt = Long.MIN_VALUE;

  /** Takes in what a trip claims now. */
  void learn(TripClaim claim) {
    isChanged = true;
    if (claim.isNone()) {
      claims.remove(claim.tripId());
      return;
    }
    claims.put(claim.tripId(), claim);
    TripSummary trip = claim.trip();
    // An order may be accepted long after its pickup time was over.
    long end = trip == null ? dayEnd(claim.localDate()) : Math.max(trip.openedAt(), trip.end());
    endedAt = Math.max(endedAt, Math.min(end, Long.MAX_VALUE - LONGEST_MEMORY_MS));
  }

  private static long dayEnd(String localDate) {
    // Wherever the city is, its day is over a day after it is over in Greenwich.
    return LocalDate.parse(localDate).plusDays(2).atStartOfDay(ZoneOffset.UTC).toEpochSecond()
        * 1000;
  }

  /** Hands on what is to be said and to be added to days, if anything changed. */
  void publish(int epoch, Consumer<Output> publisher, Consumer<DayFigures> days) {
    if (!isChanged) {
      return;
    }
    isChanged = false;
    List<Statement> owed = Compensations.of(claims.values(), epoch);
    ledger.publishDifference(owed, publisher);
    DayFigures adds = DayFigures.of(claims.values(), owed);
    passOn(counted, adds, days);
    counted = adds;
  }

  private static void passOn(DayFigures before, DayFigures after, Consumer<DayFigures> days) {
    if (before != null && after != null && before.isOfSameDayAs(after)) {
      passOn(after, DayFigures.difference(before.figures(), after.figures()), days);
      return;
    }
    if (before != null) {
      passOn(before, DayFigures.difference(before.figures(), Map.of()), days);
    }
    if (after != null) {
      passOn(after, after.figures(), days);
    }
  }

  private static void passOn(DayFigures day, Map<String, Long> figures, Consumer<DayFigures> days) {
    if (!figures.isEmpty()) {
      days.accept(new DayFigures(day.city(), day.localDate(), figures));
    }
  }

  boolean isChanged() {
    return isChanged;
  }

  /** Until when it is remembered, as far as is known by a time. */
  long rememberedUntil(long now) {
    if (endedAt == Long.MIN_VALUE) {
      return now;
    }
    long until = endedAt + MEMORY_MS;
    boolean waits = counted != null && counted.hasFinesWaiting();
    return waits && now >= until ? Math.min(now + DAY_MS, endedAt + LONGEST_MEMORY_MS) : until;
  }

  /** When it is next asked whether it is still remembered; MIN_VALUE while nobody asks. */
  long timerAt() {
    return timerAt;
  }

  void timerAt(long time) {
    timerAt = time;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(Wire.VERSION);
    out.writeInt(claims.size());
    for (TripClaim claim : claims.values()) {
      DossierWire.writeClaim(claim, out);
    }
    out.writeInt(ledger.said().size());
    for (Output output : ledger.said().values()) {
      DossierWire.writeOutput(output, out);
    }
    out.writeBoolean(counted != null);
    if (counted != null) {
      DossierWire.writeDay(counted, out);
    }
    out.writeLong(endedAt);
    out.writeBoolean(isChanged);
    out.writeLong(timerAt);
  }

  static ClaimDesk read(DataInput in) throws IOException {
    Desks.checkVersion(in.readByte());
    ClaimDesk desk = new ClaimDesk();
    for (int left = in.readInt(); left > 0; left--) {
      TripClaim claim = DossierWire.readClaim(in);
      desk.claims.put(claim.tripId(), claim);
    }
    for (int left = in.readInt(); left > 0; left--) {
      desk.ledger.wasSaid(DossierWire.readOutput(in));
    }
    desk.counted = in.readBoolean() ? DossierWire.readDay(in) : null;
    desk.endedAt = in.readLong();
    desk.isChanged = in.readBoolean();
    desk.timerAt = in.readLong();
    return desk;
  }
}
