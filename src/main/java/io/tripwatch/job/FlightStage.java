package io.tripwatch.job;

import io.tripwatch.event.FlightStatus;
import io.tripwatch.trip.Bound;
import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Keyed by flight, date and place: brings statuses to the drivers whose orders await them. */
final class FlightStage extends DeskOperator<FlightDesk, ForDriver>
    implements TwoInputStreamOperator<Subscription, Received, ForDriver> {
  private static final long serialVersionUID = 1L;

  FlightStage() {
    super("flight");
  }

  @Override
  FlightDesk emptyDesk(String key) {
    return new FlightDesk();
  }

  @Override
  FlightDesk readDesk(String key, DataInput in) throws IOException {
    return FlightDesk.read(in);
  }

  @Override
  public void processElement1(StreamRecord<Subscription> element) throws Exception {
    Held<FlightDesk> one = hold(element.getValue().flight().asKey());
    collector().setTimestamp(element);
    one.desk().subscribe(element.getValue(), collector()::collect);
    changed(one);
  }

  @Override
  public void processElement2(StreamRecord<Received> element) throws Exception {
    FlightStatus status = (FlightStatus) element.getValue().event();
    Held<FlightDesk> one = hold(status.flight().asKey());
    collector().setTimestamp(element);
    switch (one.desk().learn(status, collector()::collect)) {
      case NEW -> changed(one);
      case REPEATED -> countRepeated();
      case TOO_MANY ->
          tooMany()
              .refuse(
                  element.getValue().origin(),
                  Bound.STATUSES_OF_A_FLIGHT,
                  one.key(),
                  element.getTimestamp());
    }
  }
}
