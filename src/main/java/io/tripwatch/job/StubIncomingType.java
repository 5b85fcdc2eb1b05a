package io.tripwatch.job;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Stamp;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** STUB until the job has its own serializer. */
final class StubIncomingType extends TypeInformation<Incoming> {
  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Incoming> getTypeClass() {
    return Incoming.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Incoming> createSerializer(SerializerConfig config) {
    return new Serializer();
  }

  @Override
  public String toString() {
    return "StubIncomingType";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StubIncomingType;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof StubIncomingType;
  }

  static final class Serializer extends TypeSerializerSingleton<Incoming> {
    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public Incoming createInstance() {
      return null;
    }

    @Override
    public Incoming copy(Incoming from) {
      return from;
    }

    @Override
    public Incoming copy(Incoming from, Incoming reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(Incoming in, DataOutputView out) throws IOException {
      out.writeBoolean(in.event() != null);
      if (in.event() != null) {
        out.writeLong(in.event().time());
        return;
      }
      DeadLetter dead = in.deadLetter();
      out.writeUTF(dead.source());
      out.writeInt(dead.partition());
      out.writeLong(dead.position());
      out.writeUTF(dead.reason().name());
      out.writeUTF(dead.detail());
      out.writeInt(dead.value().length);
      out.write(dead.value());
    }

    @Override
    public Incoming deserialize(DataInputView in) throws IOException {
      if (in.readBoolean()) {
        long time = in.readLong();
        return Incoming.accepted(
            new RulesRecord(new Stamp(time, Stamp.ABSENT, null, null), "stub", time, "{}"));
      }
      String source = in.readUTF();
      int partition = in.readInt();
      long position = in.readLong();
      DeadLetter.Reason reason = DeadLetter.Reason.valueOf(in.readUTF());
      String detail = in.readUTF();
      byte[] value = new byte[in.readInt()];
      in.readFully(value);
      return Incoming.refused(new DeadLetter(source, partition, position, reason, detail, value));
    }

    @Override
    public Incoming deserialize(Incoming reuse, DataInputView in) throws IOException {
      return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
      serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<Incoming> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** The serializer has no settings. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Incoming> {
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
