package io.tripwatch.bench.scale;

import io.tripwatch.bench.Fleet;
import io.tripwatch.bench.Shape;
import io.tripwatch.event.Topic;

/**
 * What a broker gets of a fleet.
 *
 * @param each bytes of a record, key and value, not compressed
 * @param fixes which part of the records are fixes
 */
record RecordBytes(double each, double fixes) {
  private static final int DRIVERS = 600;
  private static final int RECORDS = 300_000;

  static RecordBytes of(Shape shape) {
    Fleet fleet = new Fleet(new Fleet.Plan(shape, DRIVERS, 1));
    do {
      fleet.advance();
    } while (fleet.isPrelude());
    long bytes = 0;
    int fixes = 0;
    for (int i = 0; i < RECORDS; i++) {
      bytes += fleet.value().length + fleet.key().length;
      fixes += fleet.topic() == Topic.GPS ? 1 : 0;
      fleet.advance();
    }
    return new RecordBytes((double) bytes / RECORDS, (double) fixes / RECORDS);
  }
}
