package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.FlightStatus;
import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Keyed by flight, date and place: brings statuses to the drivers whose orders await them. */
final class FlightStage extends DeskOperator<FlightDesk, ForDriver>
    implements TwoInputStreamOperator<Subscription, Event, ForDriver> {
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
  public void processElement2(StreamRecord<Event> element) throws Exception {
    FlightStatus status = (FlightStatus) element.getValue();
    Held<FlightDesk> one = hold(status.flight().asKey());
    collector().setTimestamp(element);
    if (one.desk().learn(status, collector()::collect)) {
      changed(one);
    } else {
      countRepeated();
    }
  }
}
