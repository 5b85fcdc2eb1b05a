package io.tripwatch.trip;

/**
 * What is known of how fast one gets on: straight distance over time, in metres a second, of cars
 * that move. Outside the one promise: it is learned as events arrive, and may be forgotten.
 */
public interface Speeds {
  /** How fast one gets on where nothing is known, metres a second: 25 km/h. */
  double PRIOR_M_PER_S = 25 / 3.6;

  /** What is known weighs against what is known of less as though it lasted so long, seconds. */
  double PRIOR_S = 600;

  /** Learns nothing and knows no place: every driver goes everywhere at his own pace. */
  Speeds NONE =
      new Speeds() {
        @Override
        public boolean learns() {
          return false;
        }

        @Override
        public void learn(double lat, double lon, long time, double metres, double seconds) {
          throw new IllegalStateException("nothing is learned here; ask learns()");
        }

        @Override
        public double at(double lat, double lon, long time, double ownMetresPerSecond) {
          return ownMetresPerSecond;
        }
      };

  /** Whether samples are wanted. */
  boolean learns();

  /**
   * Takes in a sample: so many metres in so many seconds.
   *
   * @param lat degrees in WGS-84, half way
   * @param lon degrees in WGS-84, half way
   * @param time milliseconds since 1970
   */
  void learn(double lat, double lon, long time, double metres, double seconds);

  /**
   * How fast a driver gets on at a place and time of day, metres a second.
   *
   * @param ownMetresPerSecond his own pace, which counts where little is known of the place
   */
  double at(double lat, double lon, long time, double ownMetresPerSecond);
}
