package io.tripwatch.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A share of the fleet, and how far it has been read.
 *
 * @param read records: a restored reading leaves out as many
 */
record FleetSplit(Fleet.Share share, long read) implements SourceSplit {
  @Override
  public String splitId() {
    return "share-" + share.number();
  }

  static final class Serializer implements SimpleVersionedSerializer<FleetSplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(FleetSplit split) {
      return ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
          .putInt(split.share.number())
          .putInt(split.share.of())
          .putLong(split.read)
          .array();
    }

    @Override
    public FleetSplit deserialize(int version, byte[] bytes) throws IOException {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      return new FleetSplit(new Fleet.Share(in.getInt(), in.getInt()), in.getLong());
    }
  }
}
