package io.tripwatch.trip;

import static io.tripwatch.trip.PickupTime.NEVER;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * When a driver is expected at the pickup point, and whether that is too late: the way still to go,
 * at what he does lately and what is usual there, against the time left. Asked at his fixes and,
 * while he is silent, as time passes; never by judging the trip.
 *
 * <p>The more time is left, the surer it must be: who drives about 20 min before P can still turn.
 * A smoothed excess decides, for a loop round the block is no lateness.
 */
public final class Forecast {
  /** Predictions begin so long before P. */
  static final long WINDOW_MS = 90 * 60_000L;

  private static final double MS_PER_MIN = 60_000;
  private static final double MS_PER_S = 1_000;
  private static final double S_PER_MIN = 60;

  /** A fix nearer in time to the last evaluation moves the position and no more. */
  private static final long FIX_STEP_MS = 30_000;

  /** Without fixes time passes in such steps. */
  private static final long STEP_MS = 60_000;

  /** What he does lately: over so long. */
  private static final long LATELY_MS = 120_000;

  private static final double LATELY_S = 120;

  /** To get going, and to stop at the door. */
  private static final double START_AND_STOP_MIN = 1;

  /** What he does lately weighs so much; the rest is what is usual. */
  private static final double LATELY_WEIGHT = 0.3;

  /** Roads are longer than straight lines between points farther apart than those of a sample. */
  private static final double USUAL_SHARE = 0.7;

  private static final double SLOWEST_SHARE = 1 / 3.0;
  private static final double FASTEST_SHARE = 2;

  /** Slower than a third of what is usual anywhere where cars drive. */
  private static final double SURELY_M_PER_S = 1;

  /** What is demanded beyond the time left grows with its square over this. */
  private static final double SURER_MIN = 20;

  /** One wild estimate must not rule the next ten minutes. */
  private static final double CLIP_MIN = 10;

  private static final double WITHDRAWN_BELOW_MIN = -3;
  private static final double SMOOTHED_SHORTEST_MIN = 2;
  private static final double SMOOTHED_LONGEST_MIN = 5;
  private static final double SMOOTHED_SHARE = 6;

  /** Of one never seen. */
  private static final double UNSEEN_M = 3_000;

  /** Up to this far one speed is typical of the way, up to that far three, beyond it five. */
  private static final double ONE_PART_M = 1_000;

  private static final double THREE_PARTS_M = 4_000;

  private static final double AT_THE_PLACE_M = 1;

  private static final long NO_FIX = Long.MIN_VALUE;
  private static final long NOT_YET = Long.MIN_VALUE;

  private double smoothed = Double.NaN;
  private long evaluatedAt = NOT_YET;

  /** What was predicted lately and taken back, in order of time; the last is how it stands. */
  private final List<Change> changes = new ArrayList<>(1);

  /** Null while nothing is to be predicted. */
  private Approach approach;

  /** When to go on if no fix comes before; NEVER if it need not. */
  private long wake = NEVER;

  // Of the evaluation at hand.
  private double metresToGo;
  private double metresPerSecond;
  private double minutes;

  /** What is usual between the fix of a time and the pickup point; the place is asked only once. */
  private double usual;

  private long usualFrom = NO_FIX;

  /**
   * What was known when lateness was last predicted.
   *
   * @param at when that was, milliseconds since 1970
   * @param positionAt of the fix he was last seen by; NEVER if by none
   * @param metresToGo in a straight line, to the pickup circle
   * @param metresPerSecond in a straight line, as was assumed
   * @param expectedAt his arrival
   * @param pickupTime P as it stood
   * @param excessMs by how much that was too late, smoothed
   */
  public record Raising(
      long at,
      long positionAt,
      double metresToGo,
      double metresPerSecond,
      long expectedAt,
      long pickupTime,
      long excessMs) {
    private void write(DataOutput out) throws IOException {
      out.writeLong(at);
      out.writeLong(positionAt);
      out.writeDouble(metresToGo);
      out.writeDouble(metresPerSecond);
      out.writeLong(expectedAt);
      out.writeLong(pickupTime);
      out.writeLong(excessMs);
    }

    private static Raising read(DataInput in) throws IOException {
      return new Raising(
          in.readLong(),
          in.readLong(),
          in.readDouble(),
          in.readDouble(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }

  /** From a time on lateness is predicted, or where there is no raising, no longer. */
  private record Change(long at, Raising raising) {}

  /**
   * What was known when lateness was predicted, as it stood at a time; null while it was not. Fixes
   * are heard of before event time reaches them, and what they tell is said when it does.
   */
  public Raising raisingAt(long time) {
    while (changes.size() > 1 && changes.get(1).at() <= time) {
      changes.remove(0);
    }
    return changes.isEmpty() || changes.get(0).at() > time ? null : changes.get(0).raising();
  }

  /** When it is to be asked after a time because it changes then; NEVER if it does not. */
  long nextChange(long time) {
    for (Change change : changes) {
      if (change.at() > time) {
        return change.at();
      }
    }
    return NEVER;
  }

  private boolean isRaised() {
    return !changes.isEmpty() && changes.get(changes.size() - 1).raising() != null;
  }

  /** Where he is awaited from now on; null where nothing is to be predicted. */
  void await(Approach awaited) {
    if (approach == null || awaited == null || !approach.isAt(awaited)) {
      usualFrom = NO_FIX;
    }
    approach = awaited;
    wake = NEVER;
  }

  /** Whether a fix of a time, the latest there is, is to be looked at. */
  boolean wants(long time) {
    return approach != null
        && time < approach.until()
        && (evaluatedAt == NOT_YET || time - evaluatedAt >= FIX_STEP_MS);
  }

  /** From when on a fix is to be looked at; NEVER if none is. */
  long wantsFrom() {
    if (approach == null) {
      return NEVER;
    }
    return evaluatedAt == NOT_YET ? NOT_YET : evaluatedAt + FIX_STEP_MS;
  }

  /** When to go on if no fix comes before; NEVER if it need not. */
  long wake() {
    return wake;
  }

  /**
   * Goes on to a time, fix by fix, and minute by minute where there is none.
   *
   * @return when lateness first began or ceased to be predicted on the way; NEVER if it did not
   */
  long goOn(TripTrack track, long to, Speeds speeds, Pace own) {
    if (approach == null) {
      return NEVER;
    }
    long changed = NEVER;
    int next = firstAfterLastStep(track);
    long at = nextStep(track, next, to);
    while (at <= to && at < approach.until()) {
      while (next < track.size() && track.time(next) <= at) {
        next++;
      }
      if (step(track, next - 1, at, speeds, own)) {
        changed = Math.min(changed, at);
      }
      at = nextStep(track, next, to);
    }
    wake = nextWake(track, next - 1, to);
    return changed;
  }

  private int firstAfterLastStep(TripTrack track) {
    if (evaluatedAt == NOT_YET) {
      return 0;
    }
    int next = track.size();
    while (next > 0 && track.time(next - 1) > evaluatedAt) {
      next--;
    }
    return next;
  }

  /** The first step is where the window begins; later ones are at fixes, and a minute apart. */
  private long nextStep(TripTrack track, int next, long to) {
    if (evaluatedAt == NOT_YET) {
      return windowFrom(to);
    }
    int fix = next;
    while (fix < track.size() && track.time(fix) < evaluatedAt + FIX_STEP_MS) {
      fix++;
    }
    long tick = evaluatedAt + STEP_MS;
    return fix < track.size() ? Math.min(track.time(fix), tick) : tick;
  }

  private long windowFrom(long time) {
    long pickup = approach.pickupTime().at(Math.max(time, approach.from()));
    return Math.max(approach.from(), pickup - WINDOW_MS);
  }

  private boolean step(TripTrack track, int latest, long at, Speeds speeds, Pace own) {
    long pickup = approach.pickupTime().at(at);
    double left = (pickup - at) / MS_PER_MIN;
    if (pickup - at > WINDOW_MS || left < 0) {
      evaluatedAt = at;
      return false;
    }
    double excess = excess(track, latest, at, left, speeds, own);
    double clipped = Math.max(-CLIP_MIN, Math.min(CLIP_MIN, excess));
    if (Double.isNaN(smoothed)) {
      smoothed = Math.min(0, clipped);
    } else {
      double tau =
          Math.max(SMOOTHED_SHORTEST_MIN, Math.min(SMOOTHED_LONGEST_MIN, left / SMOOTHED_SHARE));
      double passed = (at - evaluatedAt) / MS_PER_MIN;
      smoothed += (1 - Math.exp(-passed / tau)) * (clipped - smoothed);
    }
    evaluatedAt = at;
    if (!isRaised() && smoothed > 0 && excess > 0) {
      changes.add(new Change(at, raising(track, latest, at, pickup)));
      return true;
    } else if (isRaised() && smoothed < WITHDRAWN_BELOW_MIN) {
      changes.add(new Change(at, null));
      return true;
    }
    return false;
  }

  private Raising raising(TripTrack track, int latest, long at, long pickup) {
    return new Raising(
        at,
        latest < 0 ? NEVER : track.time(latest),
        metresToGo,
        metresPerSecond,
        at + (long) (minutes * MS_PER_MIN),
        pickup,
        (long) (smoothed * MS_PER_MIN));
  }

  /** Minutes by which he comes too late to be sure that he does not come in time. */
  private double excess(
      TripTrack track, int latest, long at, double left, Speeds speeds, Pace own) {
    double away = metresAway(track, latest);
    metresToGo = Math.max(0, away - approach.radiusM());
    double allowed = approach.toleranceMs() / MS_PER_MIN + left + left * left / SURER_MIN;
    if (minutesAt(SURELY_M_PER_S) - allowed <= -CLIP_MIN) {
      return -CLIP_MIN;
    }
    if (usualFrom == NO_FIX || (latest >= 0 && usualFrom != track.time(latest))) {
      usual =
          latest < 0 || away < AT_THE_PLACE_M
              ? Speeds.PRIOR_M_PER_S
              : usual(track.lat(latest), track.lon(latest), away, at, speeds, own);
      usualFrom = latest < 0 ? NO_FIX : track.time(latest);
    }
    double speed =
        LATELY_WEIGHT * closing(track, latest, away, at)
            + (1 - LATELY_WEIGHT) * USUAL_SHARE * usual;
    metresPerSecond = Math.max(SLOWEST_SHARE * usual, Math.min(FASTEST_SHARE * usual, speed));
    minutes = minutesAt(metresPerSecond);
    return minutes - allowed;
  }

  private double metresAway(TripTrack track, int latest) {
    return latest < 0 ? UNSEEN_M : approach.metresFrom(track, latest);
  }

  private double minutesAt(double speed) {
    return START_AND_STOP_MIN + metresToGo / speed / S_PER_MIN;
  }

  /** How fast he came nearer lately, metres a second. */
  private double closing(TripTrack track, int latest, double away, long at) {
    int then = latest;
    while (then >= 0 && track.time(then) > at - LATELY_MS) {
      then--;
    }
    if (then < 0 || then == latest || track.time(latest) - track.time(then) > Trip.SIGHT_MS) {
      return 0;
    }
    return (approach.metresFrom(track, then) - away) / LATELY_S;
  }

  /** What is usual on the straight line from a point to the pickup point. */
  private double usual(double lat, double lon, double away, long at, Speeds speeds, Pace own) {
    int parts = away < ONE_PART_M ? 1 : away < THREE_PARTS_M ? 3 : 5;
    double ownPace = own.metresPerSecond();
    double slowness = 0;
    for (int i = 0; i < parts; i++) {
      double share = (i + 0.5) / parts;
      double partLat = lat + (approach.lat() - lat) * share;
      double partLon = lon + (approach.lon() - lon) * share;
      slowness += 1 / speeds.at(partLat, partLon, at, ownPace);
    }
    return parts / slowness;
  }

  /** The earliest time at which, if no fix comes, something else may have to be said. */
  private long nextWake(TripTrack track, int latest, long to) {
    if (evaluatedAt == NOT_YET) {
      long from = windowFrom(to);
      return from < approach.until() ? from : NEVER;
    }
    long pickup = approach.pickupTime().at(to);
    metresToGo = Math.max(0, metresAway(track, latest) - approach.radiusM());
    boolean known = usualFrom != NO_FIX && latest >= 0 && usualFrom == track.time(latest);
    // After a little silence what he did lately is no longer asked.
    boolean silent = latest < 0 || evaluatedAt - track.time(latest) >= LATELY_MS;
    double share = silent ? (1 - LATELY_WEIGHT) * USUAL_SHARE : SLOWEST_SHARE;
    double slowest = known ? share * usual : SURELY_M_PER_S;
    double beyond = minutesAt(slowest) - approach.toleranceMs() / MS_PER_MIN;
    if (beyond <= 0 && !isRaised()) {
      return NEVER;
    }
    // Where the time left and its square over SURER_MIN make as much: he is late from there on.
    double left = SURER_MIN / 2 * (StrictMath.sqrt(1 + 4 * Math.max(0, beyond) / SURER_MIN) - 1);
    long late = pickup - (long) (left * MS_PER_MIN);
    if (isRaised() && late <= to) {
      return NEVER;
    }
    // Raised, and in time after all, for P has moved: minute by minute, until it is withdrawn.
    long at = Math.max(isRaised() ? to : late, evaluatedAt + STEP_MS);
    at = Math.max(at, pickup - WINDOW_MS);
    return at < approach.until() ? at : NEVER;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(smoothed);
    out.writeLong(evaluatedAt);
    out.writeInt(changes.size());
    for (Change change : changes) {
      out.writeLong(change.at());
      out.writeBoolean(change.raising() != null);
      if (change.raising() != null) {
        change.raising().write(out);
      }
    }
  }

  static Forecast read(DataInput in) throws IOException {
    Forecast forecast = new Forecast();
    forecast.smoothed = in.readDouble();
    forecast.evaluatedAt = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      long at = in.readLong();
      forecast.changes.add(new Change(at, in.readBoolean() ? Raising.read(in) : null));
    }
    return forecast;
  }
}
