package io.tripwatch.simulate;

/**
 * A point of the simulated city, on the plane around its centre.
 *
 * @param eastM metres east of the centre
 * @param northM metres north of the centre
 */
record Spot(double eastM, double northM) {

  double metresTo(Spot other) {
    double east = other.eastM - eastM;
    double north = other.northM - northM;
    return Math.sqrt(east * east + north * north);
  }

  /** The point this share of the way to the other; 0 is here, 1 is there. */
  Spot towards(Spot other, double share) {
    return new Spot(
        eastM + share * (other.eastM - eastM), northM + share * (other.northM - northM));
  }

  Spot moved(double byEastM, double byNorthM) {
    return new Spot(eastM + byEastM, northM + byNorthM);
  }
}
