package io.tripwatch.bench.peers;

import io.tripwatch.bench.peers.DriverEvent.Kind;
import io.tripwatch.event.Fix.Datum;
import io.tripwatch.event.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Written by hand, as the shipped job's are: engines are compared here, not serializers. */
public final class DriverEventSerializer extends TypeSerializerSingleton<DriverEvent> {
  private static final long serialVersionUID = 1L;

  static final DriverEventSerializer INSTANCE = new DriverEventSerializer();

  private static final Kind[] KINDS = Kind.values();
  private static final Datum[] DATUMS = Datum.values();

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public DriverEvent createInstance() {
    return null;
  }

  @Override
  public DriverEvent copy(DriverEvent from) {
    return from;
  }

  @Override
  public DriverEvent copy(DriverEvent from, DriverEvent reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(DriverEvent event, DataOutputView out) throws IOException {
    out.writeByte(event.kind().ordinal());
    out.writeLong(event.time());
    Wire.writeString(event.driverId(), out);
    Wire.writeString(event.orderId(), out);
    out.writeDouble(event.lat());
    out.writeDouble(event.lon());
    out.writeByte(event.datum().ordinal());
    out.writeDouble(event.metres());
  }

  @Override
  public DriverEvent deserialize(DataInputView in) throws IOException {
    return new DriverEvent(
        KINDS[in.readByte()],
        in.readLong(),
        Wire.readString(in),
        Wire.readString(in),
        in.readDouble(),
        in.readDouble(),
        DATUMS[in.readByte()],
        in.readDouble());
  }

  @Override
  public DriverEvent deserialize(DriverEvent reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<DriverEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What state remembers of it. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DriverEvent> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
