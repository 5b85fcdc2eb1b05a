package io.tripwatch.job;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** Keyed by device: tells drivers who use one of the others who have or use it. */
final class DeviceStage
    extends KeyedCoProcessFunction<String, DeviceQuestion, ForDevice, ForDriver> {
  private static final long serialVersionUID = 1L;

  private transient ValueState<DeviceDesk> desks;

  @Override
  public void open(OpenContext context) {
    desks = getRuntimeContext().getState(new ValueStateDescriptor<>("device", Wires.DEVICE_DESK));
  }

  @Override
  public void processElement1(DeviceQuestion question, Context context, Collector<ForDriver> out)
      throws Exception {
    DeviceDesk desk = desk();
    desk.answer(question, out::collect);
    keep(desk, context.getCurrentKey(), context.timerService());
  }

  @Override
  public void processElement2(ForDevice message, Context context, Collector<ForDriver> out)
      throws Exception {
    DeviceDesk desk = desk();
    // What is repeated is counted by the driver it came from, who hears of it, too.
    desk.learn(message.event(), out::collect);
    keep(desk, context.getCurrentKey(), context.timerService());
  }

  private DeviceDesk desk() throws Exception {
    DeviceDesk desk = desks.value();
    return desk == null ? new DeviceDesk() : desk;
  }

  private void keep(DeviceDesk desk, String deviceId, TimerService timers) throws Exception {
    desk.letGo(deviceId, Desks.now(timers));
    long ends = desk.endsAt(deviceId);
    if (desk.timerAt() == Long.MIN_VALUE && ends != Long.MIN_VALUE) {
      desk.timerAt(ends);
      timers.registerEventTimeTimer(ends);
    }
    if (desk.isForgotten() && desk.timerAt() == Long.MIN_VALUE) {
      desks.clear();
    } else {
      desks.update(desk);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ForDriver> out)
      throws Exception {
    DeviceDesk desk = desks.value();
    desk.timerAt(Long.MIN_VALUE);
    keep(desk, context.getCurrentKey(), context.timerService());
  }
}
