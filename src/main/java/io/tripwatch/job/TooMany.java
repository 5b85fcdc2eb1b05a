package io.tripwatch.job;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Origin;
import io.tripwatch.trip.Bound;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands what is beyond a {@link Bound} to the dead letters, and counts it. */
final class TooMany {
  /** The name of the count of accepted records that became dead letters in some stage. */
  static final String REFUSED = "tooMany";

  /** The name of the count of records that a bound kept from someone they bear on. */
  static final String LEFT_OUT = "leftOut";

  private final Output<?> output;
  private final LongCounter refused = new LongCounter();
  private final LongCounter leftOut = new LongCounter();

  TooMany(RuntimeContext context, Output<?> output) {
    this.output = output;
    context.addAccumulator(REFUSED, refused);
    context.addAccumulator(LEFT_OUT, leftOut);
    context.getMetricGroup().gauge(REFUSED, refused::getLocalValue);
    context.getMetricGroup().gauge(LEFT_OUT, leftOut::getLocalValue);
  }

  /**
   * Refuses a record.
   *
   * @param origin null where it was another stage's to refuse
   */
  void refuse(Origin origin, Bound bound, String key, long timestamp) {
    if (origin != null) {
      refused.add(1);
      DeadLetter letter = origin.refused(DeadLetter.Reason.TOO_MANY, bound.refusal(key));
      output.collect(Route.DEAD_LETTERS, new StreamRecord<>(letter, timestamp));
    }
  }

  /** Someone is not told of what bears on him. */
  void leaveOut() {
    leftOut.add(1);
  }
}
