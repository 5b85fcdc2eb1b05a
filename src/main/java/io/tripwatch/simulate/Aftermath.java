package io.tripwatch.simulate;

import static io.tripwatch.simulate.Script.MINUTE_MS;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Topic;
import java.util.List;
import java.util.Random;

/** What people say of a journey when it is over: ratings, complaints, and verdicts on them. */
final class Aftermath {
  private static final double PASSENGER_RATES = 0.6;
  private static final double DRIVER_RATES = 0.4;
  private static final double GOOD_TRIP_RATED_BAD = 0.02;
  private static final double BREACH_RATED_BAD = 0.5;
  private static final double GOOD_TRIP_COMPLAINED_OF = 0.01;
  private static final double BREACH_COMPLAINED_OF = 0.15;
  private static final double ALERT_DECIDED = 0.15;
  private static final String[] CATEGORIES = {
    "LATE", "VEHICLE_MISMATCH", "ATTITUDE", "OVERCHARGE", "DANGEROUS_DRIVING", "LOST_ITEM"
  };

  private final Script.Cast cast;
  private final String orderId;
  private final String passengerId;
  private final long endedMs;
  private final Random random;

  Aftermath(Script.Cast cast, String orderId, String passengerId, long endedMs, Random random) {
    this.cast = cast;
    this.orderId = orderId;
    this.passengerId = passengerId;
    this.endedMs = endedMs;
    this.random = random;
  }

  void tell(boolean served, List<Report> reports) {
    boolean breach = cast.behaviour().isBreach();
    if (served) {
      rate(breach ? BREACH_RATED_BAD : GOOD_TRIP_RATED_BAD, reports);
    }
    if (random.nextDouble() < (breach ? BREACH_COMPLAINED_OF : GOOD_TRIP_COMPLAINED_OF)) {
      complain(reports);
    }
    if (breach && random.nextDouble() < ALERT_DECIDED) {
      String alertId = orderId + "/" + cast.driver().driverId() + "/" + cast.behaviour().id();
      decide(HumanVerdict.Subject.ALERT, alertId, endedMs + minutes(5, 90), reports);
    }
  }

  private void rate(double badShare, List<Report> reports) {
    boolean bad = random.nextDouble() < badShare;
    int stars = bad ? 1 + random.nextInt(3) : 4 + random.nextInt(2);
    long atMs = endedMs + minutes(3, 50);
    if (random.nextDouble() < PASSENGER_RATES) {
      rating(Rating.By.PASSENGER, stars, atMs, reports);
      if (bad && random.nextDouble() < 0.7) {
        decide(HumanVerdict.Subject.RATING, orderId, atMs + minutes(20, 900), reports);
      }
    }
    if (random.nextDouble() < DRIVER_RATES) {
      rating(Rating.By.DRIVER, bad ? stars : 5, endedMs + minutes(1, 30), reports);
    }
  }

  private void rating(Rating.By by, int stars, long atMs, List<Report> reports) {
    Line line =
        new Line()
            .text("orderId", orderId)
            .text("driverId", cast.driver().driverId())
            .text("passengerId", passengerId)
            .word("by", by)
            .number("stars", stars)
            .texts("tags", List.of());
    add(Topic.RATINGS, orderId, atMs, line, reports);
  }

  private void complain(List<Report> reports) {
    String complaintId = "c-" + orderId;
    long openedMs = endedMs + minutes(5, 60);
    String category = CATEGORIES[random.nextInt(CATEGORIES.length)];
    complaint(complaintId, Complaint.Type.OPENED, category, openedMs, reports);
    double answer = random.nextDouble();
    if (answer < 0.9) {
      long within = answer < 0.7 ? minutes(3, 40) : minutes(50, 120);
      complaint(complaintId, Complaint.Type.REPLIED, null, openedMs + within, reports);
    }
    if (random.nextDouble() < 0.8) {
      long resolvedMs = openedMs + minutes(130, 1_200);
      complaint(complaintId, Complaint.Type.RESOLVED, null, resolvedMs, reports);
      if (random.nextDouble() < 0.6) {
        decide(HumanVerdict.Subject.COMPLAINT, complaintId, resolvedMs + minutes(1, 60), reports);
      }
    }
  }

  private void complaint(
      String complaintId, Complaint.Type type, String category, long atMs, List<Report> reports) {
    Line line =
        new Line()
            .text("complaintId", complaintId)
            .text("orderId", orderId)
            .text("driverId", cast.driver().driverId())
            .text("passengerId", passengerId)
            .word("type", type)
            .text("category", category);
    add(Topic.COMPLAINTS, complaintId, atMs, line, reports);
  }

  private void decide(
      HumanVerdict.Subject subject, String subjectId, long atMs, List<Report> reports) {
    HumanVerdict.Decision decision =
        random.nextBoolean() ? HumanVerdict.Decision.UPHELD : HumanVerdict.Decision.REJECTED;
    Line line =
        new Line()
            .word("subject", subject)
            .text("subjectId", subjectId)
            .text("driverId", cast.driver().driverId())
            .word("verdict", decision)
            .text("decidedBy", "qc-" + (1 + random.nextInt(3)));
    add(Topic.VERDICTS, subjectId, atMs, line, reports);
  }

  private static void add(Topic topic, String key, long atMs, Line line, List<Report> reports) {
    reports.add(new Report(topic, key, atMs, Report.Teller.DESK, 0, line.toString()));
  }

  private long minutes(int from, int to) {
    return (long) ((from + random.nextDouble() * (to - from)) * MINUTE_MS);
  }
}
