package io.tripwatch.job;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.trip.Bound;
import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by driver: hands each record on to him, and tells devices whose they are. The record in
 * force has no end, nor has a driver's state: it holds that, and little more.
 */
final class RegistryStage extends DeskOperator<RegistryDesk, ForDevice>
    implements OneInputStreamOperator<Received, ForDevice> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<ForDriver> TO_DRIVER = new OutputTag<>("to-driver", Wires.FOR_DRIVER);

  RegistryStage() {
    super("registry");
  }

  @Override
  RegistryDesk emptyDesk(String key) {
    return new RegistryDesk();
  }

  @Override
  RegistryDesk readDesk(String key, DataInput in) throws IOException {
    return RegistryDesk.read(in);
  }

  @Override
  public void processElement(StreamRecord<Received> element) throws Exception {
    FleetRecord fleet = (FleetRecord) element.getValue().event();
    Held<RegistryDesk> one = hold(fleet.driverId());
    collector().setTimestamp(element);
    Desk.Outcome outcome = one.desk().learn(fleet, collector()::collect);
    if (outcome == Desk.Outcome.TOO_MANY) {
      tooMany()
          .refuse(
              element.getValue().origin(),
              Bound.RECORDS_OF_A_DRIVER,
              one.key(),
              element.getTimestamp());
      return;
    }
    // Repeated ones are counted by the driver, who knows more of them.
    output.collect(
        TO_DRIVER,
        new StreamRecord<>(new ForDriver(fleet.driverId(), fleet), element.getTimestamp()));
    if (outcome == Desk.Outcome.NEW) {
      changed(one);
    }
  }
}
