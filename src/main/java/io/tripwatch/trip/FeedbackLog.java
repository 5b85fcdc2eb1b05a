package io.tripwatch.trip;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What was said of one order and one driver of it: facts, each once, in order. */
public final class FeedbackLog {
  // Null while nothing was said: of most orders nothing is.
  private EventLog<OrderEvent> settlements;
  private EventLog<Rating> ratings;
  private EventLog<Complaint> complaints;
  private EventLog<HumanVerdict> verdicts;

  /** Whether an event belongs here. */
  public static boolean takes(Event event) {
    return event instanceof Rating
        || event instanceof Complaint
        || event instanceof HumanVerdict
        || (event instanceof OrderEvent order && order.type() == OrderEvent.Type.SETTLED);
  }

  /** Whether a fact is one more than is taken in; settlements are counted with the order. */
  public boolean isOneTooMany(Event event, Bound ofVerdicts) {
    if (event instanceof Rating rating) {
      return isFull(ratings, Bound.RATINGS_OF_AN_ORDER) && !ratings.knows(rating);
    } else if (event instanceof Complaint complaint) {
      return isFull(complaints, Bound.COMPLAINTS_OF_AN_ORDER) && !complaints.knows(complaint);
    }
    return event instanceof HumanVerdict verdict
        && isFull(verdicts, ofVerdicts)
        && !verdicts.knows(verdict);
  }

  private static boolean isFull(EventLog<?> log, Bound bound) {
    return log != null && log.size() >= bound.most();
  }

  /**
   * Takes in a fact.
   *
   * @return false if it is known
   */
  public boolean learn(Event event) {
    if (event instanceof OrderEvent settlement) {
      settlements = orNew(settlements);
      return settlements.learn(settlement);
    } else if (event instanceof Rating rating) {
      ratings = orNew(ratings);
      return ratings.learn(rating);
    } else if (event instanceof Complaint complaint) {
      complaints = orNew(complaints);
      return complaints.learn(complaint);
    } else if (event instanceof HumanVerdict verdict) {
      verdicts = orNew(verdicts);
      return verdicts.learn(verdict);
    }
    throw new IllegalArgumentException("no feedback: " + event.topic().topicName());
  }

  private static <E extends Event> EventLog<E> orNew(EventLog<E> log) {
    return log == null ? EventLog.byTime() : log;
  }

  private static <E extends Event> List<E> orNone(EventLog<E> log) {
    return log == null ? List.of() : log;
  }

  /** SETTLED, in order. */
  public List<OrderEvent> settlements() {
    return orNone(settlements);
  }

  /** Ratings by either side, in order. */
  public List<Rating> ratings() {
    return orNone(ratings);
  }

  /** Steps of all complaints, in order. */
  public List<Complaint> complaints() {
    return orNone(complaints);
  }

  /** Verdicts on the order's alerts, its rating and its complaints, in order. */
  public List<HumanVerdict> verdicts() {
    return orNone(verdicts);
  }

  /** Whether nothing was said. */
  public boolean isEmpty() {
    return settlements().isEmpty()
        && ratings().isEmpty()
        && complaints().isEmpty()
        && verdicts().isEmpty();
  }

  /** Writes it. */
  public void write(DataOutput out) throws IOException {
    for (List<? extends Event> log : List.of(settlements(), ratings(), complaints(), verdicts())) {
      out.writeInt(log.size());
      for (Event event : log) {
        Wire.write(event, out);
      }
    }
  }

  /** Reads what was written. */
  public static FeedbackLog read(DataInput in) throws IOException {
    FeedbackLog log = new FeedbackLog();
    for (int kind = 0; kind < 4; kind++) {
      for (int left = in.readInt(); left > 0; left--) {
        log.learn(Wire.read(in));
      }
    }
    return log;
  }
}
