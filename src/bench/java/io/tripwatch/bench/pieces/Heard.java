package io.tripwatch.bench.pieces;

import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Publisher;
import io.tripwatch.verdict.TripClaim;
import org.openjdk.jmh.infra.Blackhole;

/** Hears what is said and does nothing with it. */
record Heard(Blackhole nothing) implements Publisher {
  @Override
  public void say(Output output) {
    nothing.consume(output);
  }

  @Override
  public void claim(TripClaim claim) {
    nothing.consume(claim);
  }
}
