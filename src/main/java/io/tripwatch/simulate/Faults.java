package io.tripwatch.simulate;

import java.time.Duration;
import java.util.Map;

/**
 * What goes wrong between a thing happening and the platform hearing of it. Faults change what
 * arrives, when and how often; they do not change what happened.
 *
 * @param late share of the records of phones, terminals and outside services that come 1 to 100
 *     minutes late, each by itself
 * @param offline share of the trips during which the driver's phone is without a network for 20 to
 *     100 minutes around the pickup, and then uploads everything
 * @param tooLate share of the same records as {@code late} that come after more than 2 hours, too
 *     late to be taken
 * @param shuffle how much longer than others a record may take, so that neighbours change places
 * @param duplicate share of all records that come twice: identical, or received again up to 5
 *     minutes later
 * @param malformed share of all records that a broken copy comes along with
 * @param clock share of the drivers whose phone's clock is 2 to 92 seconds ahead
 */
public record Faults(
    double late,
    double offline,
    double tooLate,
    Duration shuffle,
    double duplicate,
    double malformed,
    double clock) {

  /** A perfect network. */
  public static final Faults NONE = new Faults(0, 0, 0, Duration.ZERO, 0, 0, 0);

  /** Longer, and order events would be refused as too late. */
  private static final Duration LONGEST_SHUFFLE = Duration.ofMinutes(4);

  private static final String WHAT = "--faults";

  /**
   * Reads a spec such as {@code late=0.02,duplicate=0.01,shuffle=5s}; what is not named does not
   * occur. {@code none} and the empty spec are a perfect network.
   */
  public static Faults parse(String spec) {
    if (spec.equals("none")) {
      return NONE;
    }
    Faults faults = NONE;
    for (Map.Entry<String, String> part : Grammar.parse(WHAT, spec).entrySet()) {
      faults = faults.with(part.getKey(), part.getValue());
    }
    return faults;
  }

  private Faults with(String name, String value) {
    if (name.equals("shuffle")) {
      Duration longest = Grammar.duration(WHAT + ": shuffle", value);
      if (longest.compareTo(LONGEST_SHUFFLE) > 0) {
        throw new IllegalArgumentException(
            WHAT + ": shuffle is " + value + "; give at most 4m, or orders come too late");
      }
      return new Faults(late, offline, tooLate, longest, duplicate, malformed, clock);
    }
    double share = Grammar.share(WHAT, name, value);
    return switch (name) {
      case "late" -> new Faults(share, offline, tooLate, shuffle, duplicate, malformed, clock);
      case "offline" -> new Faults(late, share, tooLate, shuffle, duplicate, malformed, clock);
      case "toolate" -> new Faults(late, offline, share, shuffle, duplicate, malformed, clock);
      case "duplicate" -> new Faults(late, offline, tooLate, shuffle, share, malformed, clock);
      case "malformed" -> new Faults(late, offline, tooLate, shuffle, duplicate, share, clock);
      case "clock" -> new Faults(late, offline, tooLate, shuffle, duplicate, malformed, share);
      default ->
          throw new IllegalArgumentException(
              WHAT
                  + ": there is no fault "
                  + name
                  + "; there are late, offline, toolate, shuffle, duplicate, malformed, clock");
    };
  }
}
