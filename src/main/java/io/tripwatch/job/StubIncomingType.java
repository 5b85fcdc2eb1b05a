package io.tripwatch.job;

import io.tripwatch.event.Incoming;
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
    public void serialize(Incoming in, DataOutputView out) {
      throw new UnsupportedOperationException("the stub only passes on within a task");
    }

    @Override
    public Incoming deserialize(DataInputView in) {
      throw new UnsupportedOperationException("the stub only passes on within a task");
    }

    @Override
    public Incoming deserialize(Incoming reuse, DataInputView in) {
      return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) {
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
