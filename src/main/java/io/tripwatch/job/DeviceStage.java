package io.tripwatch.job;

import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Keyed by device: tells drivers who use one of the others who have or use it. */
final class DeviceStage extends DeskOperator<DeviceDesk, ForDriver>
    implements TwoInputStreamOperator<DeviceQuestion, ForDevice, ForDriver> {
  private static final long serialVersionUID = 1L;

  DeviceStage() {
    super("device");
  }

  @Override
  DeviceDesk emptyDesk(String key) {
    return new DeviceDesk(key);
  }

  @Override
  DeviceDesk readDesk(String key, DataInput in) throws IOException {
    return DeviceDesk.read(key, in);
  }

  @Override
  public void processElement1(StreamRecord<DeviceQuestion> element) throws Exception {
    Held<DeviceDesk> one = hold(element.getValue().deviceId());
    collector().setTimestamp(element);
    one.desk().answer(element.getValue(), collector()::collect);
    changed(one);
  }

  @Override
  public void processElement2(StreamRecord<ForDevice> element) throws Exception {
    Held<DeviceDesk> one = hold(element.getValue().deviceId());
    collector().setTimestamp(element);
    // What is repeated is counted by the driver it came from, who hears of it, too.
    one.desk().learn(element.getValue().event(), collector()::collect);
    changed(one);
  }
}
