package io.tripwatch.bench.pieces;

import io.tripwatch.geo.Circle;
import io.tripwatch.geo.Datums;
import io.tripwatch.geo.GreatCircle;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Where a fix lies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class GeoPiece {
  private static final int POINTS = 1024;
  private static final double CENTRE_LAT = 30.57;
  private static final double CENTRE_LON = 104.07;
  private static final double RADIUS_M = 500;

  /** The points lie within some kilometres of the circle, as drivers on their way do. */
  private static final double SPAN_DEG = 0.05;

  private final Circle circle = new Circle(CENTRE_LAT, CENTRE_LON, RADIUS_M);
  private final double[] lats = new double[POINTS];
  private final double[] lons = new double[POINTS];
  private int next;

  /** Draws the points. */
  public GeoPiece() {
    Random random = new Random(1);
    for (int i = 0; i < POINTS; i++) {
      lats[i] = CENTRE_LAT + SPAN_DEG * (random.nextDouble() - 0.5);
      lons[i] = CENTRE_LON + SPAN_DEG * (random.nextDouble() - 0.5);
    }
  }

  /** The great-circle distance. */
  @Benchmark
  public double metres() {
    next = (next + 1) % POINTS;
    return GreatCircle.metres(CENTRE_LAT, CENTRE_LON, lats[next], lons[next]);
  }

  /** Whether a circle holds a point. */
  @Benchmark
  public boolean holds() {
    next = (next + 1) % POINTS;
    return circle.holds(lats[next], lons[next], 5);
  }

  /** From the datum of Chinese map services to that of the world. */
  @Benchmark
  public double[] gcj02ToWgs84() {
    next = (next + 1) % POINTS;
    return Datums.gcj02ToWgs84(lats[next], lons[next]);
  }
}
