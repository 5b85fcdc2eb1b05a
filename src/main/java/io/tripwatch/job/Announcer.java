package io.tripwatch.job;

import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.Publisher;
import io.tripwatch.verdict.TripClaim;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Hands on what is said of a driver: outputs to whoever listens, claims to the orders' stage. */
final class Announcer implements Publisher {
  static final OutputTag<TripClaim> CLAIMS = new OutputTag<>("claims", Wires.CLAIM);

  private final org.apache.flink.streaming.api.operators.Output<StreamRecord<Output>> out;

  Announcer(org.apache.flink.streaming.api.operators.Output<StreamRecord<Output>> out) {
    this.out = out;
  }

  @Override
  public void say(Output output) {
    out.collect(new StreamRecord<>(output));
  }

  @Override
  public void claim(TripClaim claim) {
    out.collect(CLAIMS, new StreamRecord<>(claim));
  }
}
