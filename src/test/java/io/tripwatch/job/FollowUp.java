package io.tripwatch.job;

import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.DayRecord;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Statement;
import io.tripwatch.verdict.TripClaim;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What follows from claims, in memory: what is owed for orders, and what days add up to. */
final class FollowUp {
  private final Map<String, ClaimDesk> desks = new HashMap<>();
  private final Map<String, Map<String, Long>> days = new TreeMap<>();
  private final List<Output> said = new ArrayList<>();
  private int taken;

  /** Takes the claims that came since the last time, and says what follows, as a watermark does. */
  void advance(List<TripClaim> claims) {
    for (TripClaim claim : claims.subList(taken, claims.size())) {
      desks.computeIfAbsent(claim.orderId(), any -> new ClaimDesk()).learn(claim);
    }
    taken = claims.size();
    desks.replaceAll((orderId, desk) -> reread(desk));
    desks.values().forEach(desk -> desk.publish(1, said::add, this::add));
  }

  private void add(DayFigures day) {
    Map<String, Long> sums = days.computeIfAbsent(DayStage.cityDay(day), any -> new TreeMap<>());
    day.figures().forEach((name, value) -> sums.merge(name, value, Long::sum));
    sums.values().removeIf(sum -> sum == 0);
    sums.remove(DayFigures.DRIVERS_ACTIVE);
    long drivers =
        sums.keySet().stream().filter(name -> name.startsWith(DayFigures.DRIVER)).count();
    if (drivers > 0) {
      sums.put(DayFigures.DRIVERS_ACTIVE, drivers);
    }
  }

  /** All revisions of compensations. */
  List<Output> said() {
    return said;
  }

  /** The figures of each day, as they would be published. */
  List<Statement> days() {
    List<Statement> records = new ArrayList<>();
    days.forEach(
        (id, sums) -> {
          int slash = id.indexOf('/');
          records.addAll(DayRecord.of(id.substring(0, slash), id.substring(slash + 1), sums, 1));
        });
    return records;
  }

  private static ClaimDesk reread(ClaimDesk desk) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      desk.write(new DataOutputStream(bytes));
      return ClaimDesk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
