package io.tripwatch.verdict;

/** The outbound topics of the contract, but for the dead letters. */
public enum OutputTopic {
  ALERTS("alerts", "alertId", "RETRACTED"),
  PENALTIES("penalties", "penaltyId", "REVERSED"),
  COMPENSATIONS("compensations", "compensationId", "RETRACTED"),
  NOTIFICATIONS("notifications", "notificationId", "RETRACTED"),
  TRIPS("trips", "tripId", "RETRACTED"),
  DRIVERS("drivers", "driverId", "RETRACTED"),
  BLACKLIST("blacklist", "blacklistId", "RETRACTED"),
  STATS("stats", "statsId", "RETRACTED");

  private final String subject;
  private final String idField;
  private final String goneStatus;

  OutputTopic(String subject, String idField, String goneStatus) {
    this.subject = subject;
    this.idField = idField;
    this.goneStatus = goneStatus;
  }

  /** The Kafka topic, e.g. {@code trip.alerts.v1}. */
  public String topicName() {
    return "trip." + subject + ".v1";
  }

  /** The file of a replay's output without its ending, e.g. {@code alerts}. */
  public String fileStem() {
    return subject;
  }

  /** The field that holds the id. */
  public String idField() {
    return idField;
  }

  /** The status of a revision that takes back what was said. */
  public String goneStatus() {
    return goneStatus;
  }
}
