package io.tripwatch.job;

import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.TripClaim;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by order, after the drivers: says once for each watermark what is owed to its passenger,
 * and passes on what it adds to its day.
 */
final class ClaimStage extends KeyedProcessFunction<String, TripClaim, Output> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DayFigures> DAYS = new OutputTag<>("days", Wires.DAY_FIGURES);

  private final int epoch;

  private transient ValueState<ClaimDesk> desks;

  ClaimStage(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void open(OpenContext context) {
    desks = getRuntimeContext().getState(new ValueStateDescriptor<>("claims", Wires.CLAIM_DESK));
  }

  @Override
  public void processElement(TripClaim claim, Context context, Collector<Output> out)
      throws Exception {
    ClaimDesk desk = desks.value();
    if (desk == null) {
      desk = new ClaimDesk();
    }
    desk.learn(claim);
    // What belongs together comes before one watermark.
    context.timerService().registerEventTimeTimer(context.timerService().currentWatermark() + 1);
    desks.update(desk);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Output> out) throws Exception {
    ClaimDesk desk = desks.value();
    if (desk == null) {
      return;
    }
    desk.publish(epoch, out::collect, day -> context.output(DAYS, day));
    if (desk.isEmpty()) {
      desks.clear();
    } else {
      desks.update(desk);
    }
  }
}
