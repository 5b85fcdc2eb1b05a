package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by driver: tells devices whose they are. The record in force has no end, nor has a driver's
 * state: it holds that, and little more.
 */
final class RegistryStage extends DeskOperator<RegistryDesk, ForDevice>
    implements OneInputStreamOperator<Event, ForDevice> {
  private static final long serialVersionUID = 1L;

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
  public void processElement(StreamRecord<Event> element) throws Exception {
    FleetRecord fleet = (FleetRecord) element.getValue();
    Held<RegistryDesk> one = hold(fleet.driverId());
    collector().setTimestamp(element);
    // Repeated records are counted by the drivers, who hear of them, too.
    if (one.desk().learn(fleet, collector()::collect)) {
      changed(one);
    }
  }
}
