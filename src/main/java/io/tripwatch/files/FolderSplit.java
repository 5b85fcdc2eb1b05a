package io.tripwatch.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * How far the one reading of a folder has come.
 *
 * @param read lines handed on or left out: a restored reading skips as many
 * @param accepted of them, events handed on
 * @param deadLettered of them, records refused
 * @param afterUntil of them, events left out as they happened after {@code --until}
 * @param greatestMs greatest time of an accepted event, {@link ReplayCounters#NO_TIME} before any
 */
record FolderSplit(long read, long accepted, long deadLettered, long afterUntil, long greatestMs)
    implements SourceSplit {
  static final FolderSplit START = new FolderSplit(0, 0, 0, 0, ReplayCounters.NO_TIME);

  @Override
  public String splitId() {
    return "folder";
  }

  static final class Serializer implements SimpleVersionedSerializer<FolderSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(FolderSplit split) {
      return ByteBuffer.allocate(5 * Long.BYTES)
          .putLong(split.read)
          .putLong(split.accepted)
          .putLong(split.deadLettered)
          .putLong(split.afterUntil)
          .putLong(split.greatestMs)
          .array();
    }

    @Override
    public FolderSplit deserialize(int version, byte[] bytes) throws IOException {
      if (version != VERSION) {
        throw new IOException(
            "a replay's position has version %d, this build reads %d; replay from the start"
                .formatted(version, VERSION));
      }
      ByteBuffer in = ByteBuffer.wrap(bytes);
      return new FolderSplit(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
  }
}
