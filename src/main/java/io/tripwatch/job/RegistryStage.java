package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.FleetRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by driver: tells devices whose they are. The record in force has no end, nor has a driver's
 * state: it holds that, and little more.
 */
final class RegistryStage extends KeyedProcessFunction<String, Event, ForDevice> {
  private static final long serialVersionUID = 1L;

  private transient ValueState<RegistryDesk> desks;

  @Override
  public void open(OpenContext context) {
    desks =
        getRuntimeContext().getState(new ValueStateDescriptor<>("registry", Wires.REGISTRY_DESK));
  }

  @Override
  public void processElement(Event event, Context context, Collector<ForDevice> out)
      throws Exception {
    RegistryDesk desk = desks.value();
    if (desk == null) {
      desk = new RegistryDesk();
    }
    // Repeated records are counted by the drivers, who hear of them, too.
    if (desk.learn((FleetRecord) event, out::collect)) {
      desk.letGo(Desks.now(context.timerService()));
      desks.update(desk);
    }
  }
}
