package io.tripwatch.job;

import io.tripwatch.event.Event;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Keyed by order: brings to each driver what is known of his orders. */
final class OrderStage extends KeyedProcessFunction<String, Event, ForDriver> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Subscription> SUBSCRIPTIONS =
      new OutputTag<>("subscriptions", Wires.SUBSCRIPTION);
  static final OutputTag<PlateInterest> PLATE_INTERESTS =
      new OutputTag<>("plate-interests", Wires.PLATE_INTEREST);
  static final OutputTag<DeviceQuestion> DEVICE_QUESTIONS =
      new OutputTag<>("device-questions", Wires.DEVICE_QUESTION);

  private transient ValueState<OrderDesk> desks;
  private transient LongCounter repeated;

  @Override
  public void open(OpenContext context) {
    desks = getRuntimeContext().getState(new ValueStateDescriptor<>("order", Wires.ORDER_DESK));
    repeated = getRuntimeContext().getLongCounter(Desks.REPEATED);
  }

  @Override
  public void processElement(Event event, Context context, Collector<ForDriver> out)
      throws Exception {
    OrderDesk desk = desks.value();
    if (desk == null) {
      desk = new OrderDesk();
    }
    if (!desk.learn(event, new Outputs(context, out))) {
      repeated.add(1);
      return;
    }
    if (desk.timerAt() == Long.MIN_VALUE) {
      desk.timerAt(desk.rememberedUntil());
      context.timerService().registerEventTimeTimer(desk.timerAt());
    }
    desks.update(desk);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ForDriver> out)
      throws Exception {
    OrderDesk desk = desks.value();
    if (desk.rememberedUntil() <= time && !desk.keepOnlySettlements()) {
      desks.clear();
      return;
    }
    desk.timerAt(desk.rememberedUntil());
    context.timerService().registerEventTimeTimer(desk.timerAt());
    desks.update(desk);
  }

  private record Outputs(
      KeyedProcessFunction<String, Event, ForDriver>.Context context, Collector<ForDriver> out)
      implements OrderDesk.Hearers {
    @Override
    public void tell(ForDriver message) {
      out.collect(message);
    }

    @Override
    public void subscribe(Subscription subscription) {
      context.output(SUBSCRIPTIONS, subscription);
    }

    @Override
    public void follow(PlateInterest interest) {
      context.output(PLATE_INTERESTS, interest);
    }

    @Override
    public void ask(DeviceQuestion question) {
      context.output(DEVICE_QUESTIONS, question);
    }
  }
}
