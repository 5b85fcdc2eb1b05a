package io.tripwatch.simulate;

import static io.tripwatch.simulate.Script.MINUTE_MS;
import static io.tripwatch.simulate.Script.SECOND_MS;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** The way from those who saw something happen to the platform, with its faults. */
final class Network {
  /** What a record takes when nothing is wrong. */
  private static final long LATENCY_MS = 200;

  private static final long LATEST_MS = 100 * MINUTE_MS;

  /** More than the two hours after which evidence is refused. */
  private static final long TOO_LATE_MS = 121 * MINUTE_MS;

  private static final long UPLOAD_MS = 20 * SECOND_MS;
  private static final long LATEST_COPY_MS = 5 * MINUTE_MS;
  private static final long NONE = Long.MIN_VALUE;

  private final Faults faults;
  private final Random random;

  Network(Faults faults, Random random) {
    this.faults = faults;
    this.random = random;
  }

  /** Carries one report: what arrives for it goes to {@code out}. */
  void carry(Report report, Tracker.Span outage, Consumer<Delivery> out) {
    long receivedMs = report.teller() == Report.Teller.DESK ? NONE : receivedMs(report, outage);
    Delivery delivery = delivery(report, receivedMs);
    out.accept(delivery);
    if (random.nextDouble() < faults.duplicate()) {
      boolean identical = receivedMs == NONE || random.nextBoolean();
      out.accept(identical ? delivery : delivery(report, receivedMs + upTo(LATEST_COPY_MS)));
    }
    if (random.nextDouble() < faults.malformed()) {
      out.accept(broken(delivery));
    }
  }

  private long receivedMs(Report report, Tracker.Span outage) {
    long soonest = report.atMs() + LATENCY_MS + upTo(faults.shuffle().toMillis());
    if (report.teller() == Report.Teller.PLATFORM) {
      return soonest;
    }
    if (report.teller() == Report.Teller.PHONE && outage.covers(report.atMs())) {
      return Math.max(soonest, outage.untilMs() + upTo(UPLOAD_MS));
    }
    double fate = random.nextDouble();
    if (fate < faults.late()) {
      double skewed = random.nextDouble();
      return soonest + MINUTE_MS + (long) (skewed * skewed * skewed * (LATEST_MS - MINUTE_MS));
    }
    if (fate < faults.late() + faults.tooLate()) {
      return report.atMs() + report.clockAheadMs() + TOO_LATE_MS + upTo(60 * MINUTE_MS);
    }
    return soonest;
  }

  private long upTo(long longestMs) {
    return (long) (random.nextDouble() * longestMs);
  }

  private static Delivery delivery(Report report, long receivedMs) {
    Line times = new Line().number("eventTime", report.atMs() + report.clockAheadMs());
    if (receivedMs != NONE) {
      times.number("receivedAt", receivedMs);
    }
    byte[] json = ("{" + times + "," + report.fields() + "}").getBytes(StandardCharsets.UTF_8);
    long arrivalMs = receivedMs == NONE ? report.atMs() : receivedMs;
    return new Delivery(report.topic(), report.key(), arrivalMs, json);
  }

  /** A copy that is no record of its topic, in one of the ways of the contract. */
  private Delivery broken(Delivery delivery) {
    byte[] json = delivery.json();
    byte[] bytes =
        switch (random.nextInt(5)) {
          case 0 -> Arrays.copyOf(json, json.length / 2);
          case 1 -> ascii(text(json) + " and more");
          case 2 -> ascii(text(json).replace("\"eventTime\":", "\"eventTime\":\"soon\",\"was\":"));
          case 3 -> ascii(text(json).replace("{\"eventTime\"", "{\"eventTime\":1,\"eventTime\""));
          default -> notUtf8(json);
        };
    return new Delivery(delivery.topic(), delivery.key(), delivery.arrivalMs(), bytes);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] notUtf8(byte[] json) {
    byte[] bytes = json.clone();
    bytes[bytes.length - 2] = (byte) 0xFF;
    return bytes;
  }
}
