package io.tripwatch.files;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Wire;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Enough of a type to send records from source to graph. */
final class IncomingForTests extends TypeInformation<Incoming> {
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
    return "Incoming";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IncomingForTests;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof IncomingForTests;
  }

  /** Through {@link Wire}. */
  public static final class Serializer extends TypeSerializerSingleton<Incoming> {
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
    public void serialize(Incoming record, DataOutputView out) throws IOException {
      out.writeBoolean(record.event() != null);
      if (record.event() != null) {
        Wire.write(record.event(), out);
        return;
      }
      DeadLetter letter = record.deadLetter();
      out.writeUTF(letter.source());
      out.writeLong(letter.position());
      out.writeInt(letter.reason().ordinal());
      out.writeUTF(letter.detail());
      out.writeInt(letter.value().length);
      out.write(letter.value());
    }

    @Override
    public Incoming deserialize(DataInputView in) throws IOException {
      if (in.readBoolean()) {
        return Incoming.accepted(Wire.read(in));
      }
      String source = in.readUTF();
      long position = in.readLong();
      DeadLetter.Reason reason = DeadLetter.Reason.values()[in.readInt()];
      String detail = in.readUTF();
      byte[] value = new byte[in.readInt()];
      in.readFully(value);
      return Incoming.refused(new DeadLetter(source, -1, position, reason, detail, value));
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

    /** Says how to make the serializer again. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Incoming> {
      public Snapshot() {
        super(Serializer::new);
      }
    }
  }
}
