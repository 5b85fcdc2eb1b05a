package io.tripwatch.bench.peers;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of {@link DriverEvent}, so that nothing falls to Kryo. */
final class DriverEventType extends TypeInformation<DriverEvent> {
  private static final long serialVersionUID = 1L;

  static final DriverEventType INSTANCE = new DriverEventType();

  @Override
  public TypeSerializer<DriverEvent> createSerializer(SerializerConfig config) {
    return DriverEventSerializer.INSTANCE;
  }

  @Override
  public Class<DriverEvent> getTypeClass() {
    return DriverEvent.class;
  }

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
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return "DriverEvent";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DriverEventType;
  }

  @Override
  public int hashCode() {
    return DriverEventType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof DriverEventType;
  }
}
