package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.FlightStatus;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** Keyed by flight, date and place: brings statuses to the drivers whose orders await them. */
final class FlightStage extends KeyedCoProcessFunction<String, Subscription, Event, ForDriver> {
  private static final long serialVersionUID = 1L;

  private transient ValueState<FlightDesk> desks;
  private transient LongCounter repeated;

  @Override
  public void open(OpenContext context) {
    desks = getRuntimeContext().getState(new ValueStateDescriptor<>("flight", Wires.FLIGHT_DESK));
    repeated = getRuntimeContext().getLongCounter(Desks.REPEATED);
  }

  @Override
  public void processElement1(Subscription one, Context context, Collector<ForDriver> out)
      throws Exception {
    FlightDesk desk = desk();
    desk.subscribe(one, out::collect);
    keep(desk, context.timerService());
  }

  @Override
  public void processElement2(Event status, Context context, Collector<ForDriver> out)
      throws Exception {
    FlightDesk desk = desk();
    if (!desk.learn((FlightStatus) status, out::collect)) {
      repeated.add(1);
      return;
    }
    keep(desk, context.timerService());
  }

  private FlightDesk desk() throws Exception {
    FlightDesk desk = desks.value();
    return desk == null ? new FlightDesk() : desk;
  }

  private void keep(FlightDesk desk, TimerService timers) throws Exception {
    if (desk.timerAt() == Long.MIN_VALUE) {
      desk.timerAt(desk.rememberedUntil());
      timers.registerEventTimeTimer(desk.timerAt());
    }
    desks.update(desk);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ForDriver> out)
      throws Exception {
    FlightDesk desk = desks.value();
    if (desk.rememberedUntil() <= time) {
      desks.clear();
      return;
    }
    desk.timerAt(Long.MIN_VALUE);
    keep(desk, context.timerService());
  }
}
