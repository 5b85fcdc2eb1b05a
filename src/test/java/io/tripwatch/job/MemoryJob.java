package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.rule.Rules;
import io.tripwatch.settings.Settings;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.DriverWire;
import io.tripwatch.trip.EveryOrder;
import io.tripwatch.trip.PickupTime;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Dossier;
import io.tripwatch.verdict.DossierWire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The whole job in memory, without Flink. */
final class MemoryJob {
  private static final Settings SETTINGS = Settings.defaults(Rules.catalogue());

  private final Map<String, Dossier> dossiers = new TreeMap<>();
  private final List<Alert> said = new ArrayList<>();
  private final Random random;
  private final Routes routes;
  private final boolean alwaysJudges;

  /** One in so many drivers heard of is read from his binary form first; 0: none. */
  private final int rereadsOneIn;

  private long now = Long.MIN_VALUE / 2;

  /**
   * @param alwaysJudges whether every order is judged at every watermark, not only when it matters
   */
  MemoryJob(Random random, boolean alwaysJudges, int rereadsOneIn) {
    this.random = random;
    this.routes = new Routes(new Random(random.nextLong()), this::learn);
    this.alwaysJudges = alwaysJudges;
    this.rereadsOneIn = rereadsOneIn;
  }

  /** The final alerts where everything is known at once and judged at the end. */
  static Map<String, Alert> finals(List<Event> day, long until) {
    MemoryJob job = new MemoryJob(new Random(0), false, 0);
    day.stream()
        .sorted(Comparator.comparingLong(event -> event.stamp().arrival()))
        .forEach(job::take);
    job.advanceTo(until);
    return Said.finals(job.said());
  }

  void take(Event event) {
    routes.take(event);
  }

  private void learn(ForDriver message) {
    String driverId = message.driverId();
    Dossier dossier = dossiers.computeIfAbsent(driverId, any -> new Dossier(new Driver(driverId)));
    if (rereadsOneIn > 0 && random.nextInt(rereadsOneIn) == 0) {
      dossier = reread(dossier);
      dossiers.put(driverId, dossier);
    }
    dossier.learn(message.event(), now);
  }

  /** Judges as a watermark makes it. */
  void advanceTo(long time) {
    routes.flush(time);
    now = Math.max(now, time);
    for (Dossier dossier : dossiers.values()) {
      if (alwaysJudges) {
        EveryOrder.wake(dossier.driver(), now);
      }
      if (dossier.driver().wake() <= now) {
        dossier.judge(SETTINGS, 1, now, said::add);
      }
    }
  }

  List<Alert> said() {
    return said;
  }

  private static Dossier reread(Dossier dossier) {
    try {
      Driver driver = dossier.driver();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DossierWire.write(dossier, new DataOutputStream(head));
      Dossier read = DossierWire.read(driver.driverId(), in(head));
      long first = DriverWire.firstPiece(driver);
      for (long piece = first;
          first != PickupTime.NEVER && piece <= DriverWire.pieceOf(NastyDay.SETTLED);
          piece++) {
        ByteArrayOutputStream fixes = new ByteArrayOutputStream();
        if (DriverWire.writePiece(driver, piece, new DataOutputStream(fixes))) {
          DriverWire.readPiece(read.driver(), in(fixes));
        }
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
