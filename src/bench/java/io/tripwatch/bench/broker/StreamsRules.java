package io.tripwatch.bench.broker;

import io.tripwatch.bench.peers.Distance;
import io.tripwatch.bench.peers.DriverEvent;
import io.tripwatch.bench.peers.DriverEvents;
import io.tripwatch.bench.peers.Found;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix.Datum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The three rules by Kafka Streams' Processor API, keyed by driver: one store of what is known of
 * each, and one of the deadlines in order of time, which is asked once a second of stream time. Of
 * the fixes only those that tell something are written down.
 */
final class StreamsRules implements Processor<String, Event, String, String> {
  static final String ORDERS = "orders";
  static final String DEADLINES = "deadlines";

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Bytes FIRST = Bytes.wrap(new byte[0]);

  private ProcessorContext<String, String> context;
  private KeyValueStore<String, StreamsOrder> orders;
  private KeyValueStore<Bytes, String> deadlines;

  @Override
  public void init(ProcessorContext<String, String> processorContext) {
    context = processorContext;
    orders = context.getStateStore(ORDERS);
    deadlines = context.getStateStore(DEADLINES);
    context.schedule(LOOK_EVERY, PunctuationType.STREAM_TIME, this::passDeadlines);
  }

  @Override
  public void process(Record<String, Event> record) {
    DriverEvents.of(record.value(), event -> hear(event, record));
  }

  private void hear(DriverEvent event, Record<String, Event> record) {
    String driver = event.driverId();
    if (event.kind() == DriverEvent.Kind.ACCEPTED) {
      orders.put(
          driver, StreamsOrder.accepted(event.orderId(), event.lat(), event.lon(), event.metres()));
      return;
    }
    StreamsOrder order = orders.get(driver);
    if (order == null) {
      return;
    }
    switch (event.kind()) {
      case FIX -> fix(event, order, record);
      case DUE -> {
        orders.put(driver, order.due(event.time()));
        deadlines.put(deadline(event.time(), driver), driver);
      }
      case ON_SITE -> {
        boolean inTime = order.dueAt() != StreamsOrder.NEVER && event.time() < order.dueAt();
        if (inTime) {
          deadlines.delete(deadline(order.dueAt(), driver));
        }
        orders.put(driver, (inTime ? order.due(StreamsOrder.NEVER) : order).pressed(event.time()));
      }
      case START -> orders.put(driver, order.started(event.time()));
      case END -> end(event, order, record);
      default -> throw new IllegalStateException("an event of kind " + event.kind());
    }
  }

  private void fix(DriverEvent fix, StreamsOrder order, Record<String, Event> record) {
    StreamsOrder known = order;
    if (known.startedAt() != StreamsOrder.NEVER) {
      known = ride(fix, known);
    }
    if (known.pressedAt() != StreamsOrder.NEVER) {
      if (fix.time() - known.pressedAt() <= DriverEvents.PRESS_WINDOW_MS
          && Distance.metres(
                      known.lat(), known.lon(), Datum.WGS84, fix.lat(), fix.lon(), fix.datum())
                  - fix.metres()
              > known.radiusM()) {
        say(Found.ON_SITE_PRESSED_ELSEWHERE, known.orderId(), record.timestamp());
      }
      known = known.pressed(StreamsOrder.NEVER);
    }
    if (known != order) {
      orders.put(fix.driverId(), known);
    }
  }

  private static StreamsOrder ride(DriverEvent fix, StreamsOrder order) {
    if (Double.isNaN(order.startLat())) {
      return order.startedFrom(fix.lat(), fix.lon(), fix.datum());
    }
    boolean moved =
        fix.time() - order.startedAt() > DriverEvents.SHORT_RIDE_MS
            || Distance.metres(
                    order.startLat(),
                    order.startLon(),
                    order.startDatum(),
                    fix.lat(),
                    fix.lon(),
                    fix.datum())
                >= DriverEvents.MOVED_M;
    return moved ? order.started(StreamsOrder.NEVER) : order;
  }

  private void end(DriverEvent end, StreamsOrder order, Record<String, Event> record) {
    if (order.startedAt() != StreamsOrder.NEVER
        && !Double.isNaN(order.startLat())
        && end.time() - order.startedAt() <= DriverEvents.SHORT_RIDE_MS) {
      say(Found.FAKE_ORDER, order.orderId(), record.timestamp());
    }
    orders.put(end.driverId(), order.started(StreamsOrder.NEVER));
  }

  private void passDeadlines(long now) {
    Bytes last = deadline(now + 1, "");
    try (KeyValueIterator<Bytes, String> due = deadlines.range(FIRST, last)) {
      while (due.hasNext()) {
        KeyValue<Bytes, String> one = due.next();
        deadlines.delete(one.key);
        StreamsOrder order = orders.get(one.value);
        if (order != null && order.dueAt() <= now) {
          say(Found.MARGIN_MISSED, order.orderId(), now);
          orders.put(one.value, order.due(StreamsOrder.NEVER));
        }
      }
    }
  }

  private void say(String rule, String orderId, long time) {
    context.forward(new Record<>(orderId, Found.of(rule, orderId), time));
  }

  /** In order of time: times are positive, so their bytes order as they do. */
  private static Bytes deadline(long at, String driver) {
    byte[] id = driver.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length).putLong(at).put(id).array());
  }
}
