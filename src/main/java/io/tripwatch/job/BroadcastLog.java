package io.tripwatch.job;

import io.tripwatch.event.Event;
import io.tripwatch.event.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Events that every task of a stage knows, in broadcast state. */
final class BroadcastLog {
  private final BroadcastState<Integer, byte[]> stored;

  /**
   * The events.
   *
   * @param name of the state
   */
  BroadcastLog(String name, OperatorStateStore states) throws Exception {
    stored =
        states.getBroadcastState(
            new MapStateDescriptor<>(
                name, Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** The events that were stored, in no order. */
  List<Event> read() throws Exception {
    List<Event> events = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> one : stored.immutableEntries()) {
      events.add(Wire.read(new DataInputDeserializer(one.getValue())));
    }
    return events;
  }

  /** Stores events in place of those before. */
  void write(List<? extends Event> events) throws Exception {
    stored.clear();
    DataOutputSerializer out = new DataOutputSerializer(1024);
    for (int i = 0; i < events.size(); i++) {
      out.clear();
      Wire.write(events.get(i), out);
      stored.put(i, out.getCopyOfBuffer());
    }
  }
}
