package io.tripwatch.job;

import io.tripwatch.event.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of what is written and read by hand. State remembers it by the name it has in {@link
 * Wires}.
 */
final class WireSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  private static final int FIRST_BUFFER_BYTES = 256;

  /** Writes a value. */
  interface Writer<T> extends Serializable {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads a value. */
  interface Reader<T> extends Serializable {
    T read(DataInput in) throws IOException;
  }

  private final String name;
  private final boolean isImmutable;
  private final Writer<T> writer;
  private final Reader<T> reader;

  /**
   * The serializer.
   *
   * @param isImmutable whether a value never changes once it is made
   */
  WireSerializer(String name, boolean isImmutable, Writer<T> writer, Reader<T> reader) {
    this.name = name;
    this.isImmutable = isImmutable;
    this.writer = writer;
    this.reader = reader;
  }

  String name() {
    return name;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    writer.write(value, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    return reader.read(in);
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return reader.read(in);
  }

  @Override
  public boolean isImmutableType() {
    return isImmutable;
  }

  @Override
  public T copy(T from) {
    if (isImmutable) {
      return from;
    }
    try {
      DataOutputSerializer out = new DataOutputSerializer(FIRST_BUFFER_BYTES);
      writer.write(from, out);
      return reader.read(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be copied", e);
    }
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    writer.write(reader.read(in), out);
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WireSerializer<?> serializer && name.equals(serializer.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(name);
  }

  /** What state remembers of a serializer; of the form of each value its own version byte tells. */
  public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
    private String name;

    /** For Flink. */
    public Snapshot() {}

    private Snapshot(String name) {
      this.name = name;
    }

    @Override
    public int getCurrentVersion() {
      return Wire.VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeUTF(name);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      name = in.readUTF();
    }

    @Override
    @SuppressWarnings("unchecked")
    public TypeSerializer<T> restoreSerializer() {
      return (TypeSerializer<T>) Wires.named(name);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> before) {
      return before instanceof Snapshot<T> snapshot && snapshot.name.equals(name)
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
