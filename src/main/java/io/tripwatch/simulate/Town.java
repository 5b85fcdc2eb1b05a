package io.tripwatch.simulate;

import io.tripwatch.event.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;

/** The ground the simulated city stands on: where its airport, station and addresses lie. */
final class Town {
  static final String NAME = "chengdu";
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  static final Spot AIRPORT = new Spot(-6_500, -9_500);
  static final Spot STATION = new Spot(5_000, 2_000);

  /** What flights and trains name as the place they are awaited at. */
  static final String AIRPORT_CODE = "CTU";

  static final String STATION_CODE = "CHENGDU-EAST";

  private static final double CENTRE_LAT = 30.657;
  private static final double CENTRE_LON = 104.066;
  private static final double METRES_PER_DEGREE = StrictMath.toRadians(6_371_008.8);
  private static final double COS_LAT = StrictMath.cos(StrictMath.toRadians(CENTRE_LAT));

  /** People live within this distance of the centre, east, west, north and south. */
  private static final double HALF_WIDTH_M = 4_500;

  /** Shorter rides are walked; it also keeps the circles of pickup and drop-off apart. */
  private static final double SHORTEST_RIDE_M = 4_200;

  private Town() {}

  /** An address far enough from this end of the ride. */
  static Spot address(Random random, Spot otherEnd) {
    while (true) {
      Spot spot = new Spot(within(random), within(random));
      if (spot.metresTo(otherEnd) >= SHORTEST_RIDE_M) {
        return spot;
      }
    }
  }

  private static double within(Random random) {
    return (2 * random.nextDouble() - 1) * HALF_WIDTH_M;
  }

  /** A point at this distance, in any direction. */
  static Spot around(Random random, Spot spot, double metres) {
    double angle = 2 * Math.PI * random.nextDouble();
    return spot.moved(metres * StrictMath.cos(angle), metres * StrictMath.sin(angle));
  }

  static Place place(Spot spot) {
    return new Place(
        CENTRE_LAT + spot.northM() / METRES_PER_DEGREE,
        CENTRE_LON + spot.eastM() / (METRES_PER_DEGREE * COS_LAT));
  }

  /** The local date of this instant, {@code YYYY-MM-DD}. */
  static String localDate(long atMs) {
    return Instant.ofEpochMilli(atMs).atZone(ZONE).toLocalDate().toString();
  }
}
