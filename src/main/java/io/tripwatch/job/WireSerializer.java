package io.tripwatch.job;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A serializer written by hand, of something that is never changed once made. */
abstract class WireSerializer<T> extends TypeSerializerSingleton<T> {
  /** Writes a value. */
  protected abstract void write(T value, DataOutput out) throws IOException;

  /** Reads a value. */
  protected abstract T read(DataInput in) throws IOException;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    write(value, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    return read(in);
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return read(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    write(read(in), out);
  }
}
