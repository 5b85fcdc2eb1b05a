package io.tripwatch.verdict;

import java.util.Map;
import java.util.Objects;

/**
 * One revision of anything published but an alert.
 *
 * @param epoch raised by hand when the job is started without its state
 * @param revision 1, 2, … within an epoch, without gaps
 * @param status of the contract; null where the topic knows none and it was not taken back
 * @param fields all others, in the order they are written; values are String, Long, Double,
 *     Boolean, java.time.Instant, or Lists or Maps of these
 */
public record Statement(
    OutputTopic topic,
    String id,
    int epoch,
    int revision,
    String status,
    Map<String, Object> fields)
    implements Output {

  /** The first revision of a statement. */
  public static Statement of(
      OutputTopic topic, String id, int epoch, String status, Map<String, Object> fields) {
    return new Statement(topic, id, epoch, 1, status, fields);
  }

  @Override
  public boolean isGone() {
    return topic.goneStatus().equals(status);
  }

  @Override
  public Statement revised(int newRevision, Change change) {
    String newStatus = change == Change.TAKEN_BACK ? topic.goneStatus() : status;
    return new Statement(topic, id, epoch, newRevision, newStatus, fields);
  }

  @Override
  public boolean saysTheSameAs(Output other) {
    return other instanceof Statement statement
        && Objects.equals(status, statement.status)
        && fields.equals(statement.fields);
  }
}
