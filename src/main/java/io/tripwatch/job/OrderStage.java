package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Origin;
import io.tripwatch.trip.Bound;
import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Keyed by order: brings to each driver what is known of his orders. */
final class OrderStage extends DeskOperator<OrderDesk, ForDriver>
    implements OneInputStreamOperator<Received, ForDriver> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Subscription> SUBSCRIPTIONS =
      new OutputTag<>("subscriptions", Wires.SUBSCRIPTION);
  static final OutputTag<PlateInterest> PLATE_INTERESTS =
      new OutputTag<>("plate-interests", Wires.PLATE_INTEREST);
  static final OutputTag<DeviceQuestion> DEVICE_QUESTIONS =
      new OutputTag<>("device-questions", Wires.DEVICE_QUESTION);

  OrderStage() {
    super("order");
  }

  @Override
  OrderDesk emptyDesk(String key) {
    return new OrderDesk();
  }

  @Override
  OrderDesk readDesk(String key, DataInput in) throws IOException {
    return OrderDesk.read(in);
  }

  @Override
  public void processElement(StreamRecord<Received> element) throws Exception {
    Event event = element.getValue().event();
    Origin origin = element.getValue().origin();
    Held<OrderDesk> one = hold(Pipeline.orderOf(event));
    collector().setTimestamp(element);
    switch (one.desk().learn(event, origin, new Outputs(element.getTimestamp()))) {
      case NEW -> changed(one);
      case REPEATED -> countRepeated();
      case TOO_MANY ->
          tooMany().refuse(origin, Bound.EVENTS_OF_AN_ORDER, one.key(), element.getTimestamp());
    }
  }

  /** Hands on what a desk says, with the time of the event it learned. */
  private final class Outputs implements OrderDesk.Hearers {
    private final long timestamp;

    private Outputs(long timestamp) {
      this.timestamp = timestamp;
    }

    @Override
    public void tell(ForDriver message) {
      collector().collect(message);
    }

    @Override
    public void subscribe(Subscription subscription) {
      output.collect(SUBSCRIPTIONS, new StreamRecord<>(subscription, timestamp));
    }

    @Override
    public void follow(PlateInterest interest) {
      output.collect(PLATE_INTERESTS, new StreamRecord<>(interest, timestamp));
    }

    @Override
    public void ask(DeviceQuestion question) {
      output.collect(DEVICE_QUESTIONS, new StreamRecord<>(question, timestamp));
    }
  }
}
