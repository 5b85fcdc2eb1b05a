package io.tripwatch.bench.broker;

import io.tripwatch.event.Fix.Datum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What the Kafka Streams program keeps of a driver: his order, one at a time as in the generated
 * input, and what he pressed. Its form in the store is as short as one written by hand can be, for
 * the forms of stores are not what is compared.
 *
 * @param orderId the order he has
 * @param dueAt by when ON_SITE is to be pressed, milliseconds since 1970; {@link #NEVER} once it
 *     was
 * @param lat of the pickup point, degrees
 * @param lon of the pickup point, degrees
 * @param radiusM of the pickup circle, metres
 * @param pressedAt when ON_SITE was pressed, until a fix told where; else {@link #NEVER}
 * @param startedAt when START was pressed, until the ride is known to be one; else {@link #NEVER}
 * @param startLat where the ride began, degrees; NaN until its first fix
 * @param startLon where the ride began, degrees
 * @param startDatum of where the ride began
 */
record StreamsOrder(
    String orderId,
    long dueAt,
    double lat,
    double lon,
    double radiusM,
    long pressedAt,
    long startedAt,
    double startLat,
    double startLon,
    Datum startDatum) {
  static final long NEVER = Long.MAX_VALUE;

  private static final Datum[] DATUMS = Datum.values();
  private static final int FIXED_BYTES = 8 * Long.BYTES + 1;

  static StreamsOrder accepted(String orderId, double lat, double lon, double radiusM) {
    return new StreamsOrder(
        orderId, NEVER, lat, lon, radiusM, NEVER, NEVER, Double.NaN, Double.NaN, Datum.WGS84);
  }

  StreamsOrder due(long at) {
    return new StreamsOrder(
        orderId, at, lat, lon, radiusM, pressedAt, startedAt, startLat, startLon, startDatum);
  }

  StreamsOrder pressed(long at) {
    return new StreamsOrder(
        orderId, dueAt, lat, lon, radiusM, at, startedAt, startLat, startLon, startDatum);
  }

  StreamsOrder started(long at) {
    return new StreamsOrder(
        orderId, dueAt, lat, lon, radiusM, pressedAt, at, Double.NaN, Double.NaN, Datum.WGS84);
  }

  StreamsOrder startedFrom(double fromLat, double fromLon, Datum datum) {
    return new StreamsOrder(
        orderId, dueAt, lat, lon, radiusM, pressedAt, startedAt, fromLat, fromLon, datum);
  }

  static Serde<StreamsOrder> serde() {
    return Serdes.serdeFrom(
        (topic, order) -> order == null ? null : order.bytes(),
        (topic, bytes) -> bytes == null ? null : of(ByteBuffer.wrap(bytes)));
  }

  private byte[] bytes() {
    byte[] id = orderId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + id.length)
        .putLong(dueAt)
        .putDouble(lat)
        .putDouble(lon)
        .putDouble(radiusM)
        .putLong(pressedAt)
        .putLong(startedAt)
        .putDouble(startLat)
        .putDouble(startLon)
        .put((byte) startDatum.ordinal())
        .put(id)
        .array();
  }

  private static StreamsOrder of(ByteBuffer in) {
    String id =
        new String(in.array(), FIXED_BYTES, in.limit() - FIXED_BYTES, StandardCharsets.UTF_8);
    return new StreamsOrder(
        id,
        in.getLong(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getLong(),
        in.getLong(),
        in.getDouble(),
        in.getDouble(),
        DATUMS[in.get()]);
  }
}
