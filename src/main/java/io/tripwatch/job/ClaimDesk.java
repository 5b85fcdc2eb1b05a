package io.tripwatch.job;

import io.tripwatch.event.Wire;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Knows what all trips of one order claim: publishes what is owed to its passenger, and passes on
 * what it adds to its day. The same for an alert about a driver and no trip, where nothing is owed.
 * An order may be given to a driver again at any time: nothing expires.
 */
final class ClaimDesk {
  private final Map<String, TripClaim> claims = new TreeMap<>();
  private final Ledger ledger = new Ledger();

  /** What was passed on; null if nothing. */
  private DayFigures counted;

  private boolean isChanged;

  /** Takes in what a trip claims now. */
  void learn(TripClaim claim) {
    isChanged = true;
    if (claim.isNone()) {
      claims.remove(claim.tripId());
      return;
    }
    claims.put(claim.tripId(), claim);
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

  /** Whether nothing was ever claimed or said: revisions of what was said go on for ever. */
  boolean isEmpty() {
    return claims.isEmpty() && ledger.said().isEmpty() && counted == null && !isChanged;
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
    out.writeBoolean(isChanged);
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
    desk.isChanged = in.readBoolean();
    return desk;
  }
}
