package io.tripwatch.verdict;

import java.util.LinkedHashMap;
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
    return new Statement(topic, id, epoch, newRevision, status, fields);
  }

  @Override
  public Statement takenBack(int newRevision, Cause cause) {
    Map<String, Object> last =
        topic == OutputTopic.PENALTIES && cause != null ? penaltyTakenBack(cause) : fields;
    return new Statement(topic, id, epoch, newRevision, topic.goneStatus(), last);
  }

  /** Why a penalty was to be paid is not why it is taken back. */
  private Map<String, Object> penaltyTakenBack(Cause cause) {
    Map<String, Object> last = new LinkedHashMap<>(fields);
    last.put("reason", "the alert was taken back");
    last.put("cause", cause.kind().name());
    if (cause.by() != null) {
      last.put("causedBy", cause.by());
    }
    return last;
  }

  @Override
  public boolean saysTheSameAs(Output other) {
    return other instanceof Statement statement
        && Objects.equals(status, statement.status)
        && fields.equals(statement.fields);
  }
}
