package io.tripwatch.event;

import java.time.Duration;

/** The inbound topics of the contract, in its order. */
public enum Topic {
  ORDERS("orders"),
  GPS("gps"),
  BUTTONS("buttons"),
  CALLS("calls"),
  LOGINS("logins"),
  FLIGHTS("flights"),
  FLEET("fleet"),
  RATINGS("ratings"),
  COMPLAINTS("complaints"),
  VERDICTS("verdicts"),
  RULES("rules"),
  UNDO("undo");

  /**
   * How long after its eventTime the platform takes evidence of gps, buttons, calls, logins,
   * flights.
   */
  public static final Duration LATE_EVIDENCE = Duration.ofHours(2);

  /**
   * The same for orders (but SETTLED), fleet and rules: what the platform says itself comes soon.
   */
  public static final Duration LATE_ORDERS = Duration.ofMinutes(10);

  private final String subject;

  /** Made once: sources name it with every record. */
  private final String topicName;

  Topic(String subject) {
    this.subject = subject;
    this.topicName = "trip." + subject + ".v1";
  }

  /** The Kafka topic, e.g. {@code trip.gps.v1}. */
  public String topicName() {
    return topicName;
  }

  /** The file of a replay folder without its ending, e.g. {@code gps}. */
  public String fileStem() {
    return subject;
  }
}
