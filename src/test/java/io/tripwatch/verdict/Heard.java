package io.tripwatch.verdict;

import java.util.ArrayList;
import java.util.List;

/** Remembers what was said. */
public final class Heard implements Publisher {
  private final List<Output> outputs = new ArrayList<>();
  private final List<TripClaim> claims = new ArrayList<>();

  @Override
  public void say(Output output) {
    outputs.add(output);
  }

  @Override
  public void claim(TripClaim claim) {
    claims.add(claim);
  }

  /** All that was published, in order. */
  public List<Output> outputs() {
    return outputs;
  }

  /** The alerts among it. */
  public List<Alert> alerts() {
    return alertsOf(outputs);
  }

  /** All that was claimed, in order. */
  public List<TripClaim> claims() {
    return claims;
  }

  /** The alerts among what was published. */
  public static List<Alert> alertsOf(List<Output> outputs) {
    List<Alert> alerts = new ArrayList<>();
    for (Output output : outputs) {
      if (output instanceof Alert alert) {
        alerts.add(alert);
      }
    }
    return alerts;
  }
}
