package io.tripwatch.verdict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The published figures of a city's local day, or of the nation's. */
public final class DayRecord {
  /** Stands for the city in the ids of the nation's days. */
  public static final String NATION = "ALL";

  private static final List<String> FIGURES =
      List.of(
          DayFigures.ACCEPTED,
          DayFigures.COMPLETED,
          DayFigures.CANCELLED_BY_PASSENGER,
          DayFigures.CANCELLED_BY_DRIVER,
          DayFigures.CANCELLED_BY_PLATFORM,
          DayFigures.REVENUE,
          DayFigures.LATE,
          DayFigures.NO_SHOWS,
          DayFigures.FINES_PENDING,
          DayFigures.FINES_IN_REVIEW,
          DayFigures.FINES_FINAL,
          DayFigures.COMPENSATIONS_DUE,
          DayFigures.COMPENSATION_DUE,
          DayFigures.FEES_KEPT,
          DayFigures.DRIVERS_ACTIVE);

  private DayRecord() {}

  /**
   * The statement of a day; none where nothing happened.
   *
   * @param figures the sums of all that was added, by name; none is 0
   */
  public static List<Statement> of(
      String city, String localDate, Map<String, Long> figures, int epoch) {
    if (figures.isEmpty()) {
      return List.of();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("city", city);
    fields.put("date", localDate);
    for (String name : FIGURES) {
      fields.put(name, figures.getOrDefault(name, 0L));
    }
    long accepted = figures.getOrDefault(DayFigures.ACCEPTED, 0L);
    if (accepted > 0) {
      long lost =
          figures.getOrDefault(DayFigures.CANCELLED_BY_PASSENGER, 0L)
              + figures.getOrDefault(DayFigures.CANCELLED_BY_DRIVER, 0L)
              + figures.getOrDefault(DayFigures.CANCELLED_BY_PLATFORM, 0L);
      fields.put("latenessRate", rate(figures.getOrDefault(DayFigures.LATE, 0L), accepted));
      fields.put("noShowRate", rate(figures.getOrDefault(DayFigures.NO_SHOWS, 0L), accepted));
      fields.put("orderLossRate", rate(lost, accepted));
    }
    Map<String, Object> alerts = new TreeMap<>();
    figures.forEach(
        (name, value) -> {
          if (name.startsWith(DayFigures.ALERTS)) {
            alerts.put(name.substring(DayFigures.ALERTS.length()), value);
          }
        });
    fields.put("alerts", alerts);
    String id = city + "/" + localDate;
    return List.of(Statement.of(OutputTopic.STATS, id, epoch, null, fields));
  }

  /** To four decimals. */
  private static double rate(long part, long whole) {
    return Math.round(10_000.0 * part / whole) / 10_000.0;
  }
}
