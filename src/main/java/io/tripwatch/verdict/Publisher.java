package io.tripwatch.verdict;

/** Who hears what is said of a driver. */
public interface Publisher {
  /** Something published, in a new revision. */
  void say(Output output);

  /** What a trip contributes to its order and its day; said anew whenever it changes. */
  void claim(TripClaim claim);
}
