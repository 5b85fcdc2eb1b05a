package io.tripwatch.job;

import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.Login;
import io.tripwatch.trip.Bound;
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
    ForDevice message = element.getValue();
    Held<DeviceDesk> one = hold(message.deviceId());
    collector().setTimestamp(element);
    if (message.event() instanceof FleetRecord fleet) {
      if (one.desk().learn(fleet, collector()::collect)) {
        changed(one);
      } else {
        tooMany().leaveOut();
      }
      return;
    }
    Login login = (Login) message.event();
    Desk.Outcome outcome = one.desk().learn(login, collector()::collect);
    if (outcome == Desk.Outcome.TOO_MANY) {
      tooMany()
          .refuse(message.origin(), Bound.LOGINS_OF_A_DEVICE, one.key(), element.getTimestamp());
      return;
    }
    // What is repeated is counted by the driver whose login it is: he knows more of them.
    collector().collect(new ForDriver(login.driverId(), login, message.origin()));
    if (outcome == Desk.Outcome.NEW) {
      changed(one);
    }
  }
}
