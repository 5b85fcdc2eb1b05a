package io.tripwatch.bench;

import io.tripwatch.event.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said of a trip of one kind, tick by tick, and where the driver is. Worked out once, so
 * that making a record is no more than looking it up and filling in its numbers.
 */
final class Script {
  private static final int PASSENGER_COMES_AFTER_ARRIVAL = 5;

  /** A record that is said at a tick. */
  record Step(Topic topic, Template value, Template key) {
    /** Whether it bears on what comes later: the prelude leaves out what does not. */
    boolean isLasting() {
      return switch (topic) {
        case LOGINS, FLIGHTS, RATINGS, COMPLAINTS -> false;
        default -> true;
      };
    }
  }

  private static final String STAMP = "{\"eventTime\":<time>,\"receivedAt\":<received>";
  private static final String ORDER = ",\"orderId\":\"o-<driver>-<trip>\"";
  private static final String DRIVER = ",\"driverId\":\"d-<driver>\"";
  private static final String PASSENGER = ",\"passengerId\":\"p-<passenger>\"";
  private static final String PHONE = ",\"deviceId\":\"ph-<driver>\"";
  private static final Template BY_ORDER = Template.of("o-<driver>-<trip>");
  private static final Template BY_DRIVER = Template.of("d-<driver>");
  private static final Template BY_FLIGHT = Template.of("CA<driver><trip>");
  private static final Template BY_COMPLAINT = Template.of("c-<driver>-<trip>");

  /** The word of the registry, before all else. */
  static final Step REGISTERED =
      new Step(
          Topic.FLEET,
          Template.of(
              "{\"eventTime\":<time>"
                  + DRIVER
                  + ",\"phones\":[\"ph-<driver>\"],\"plate\":\"川A<driver>\""
                  + ",\"vehicleClass\":\"COMFORT\",\"city\":\"chengdu\"}"),
          BY_DRIVER);

  private final Shape shape;
  private final Shape.Plan plan;
  private final Kind kind;
  private final boolean flies;
  private final Step[][] steps;
  private final int[] metres;

  /**
   * @param flies whether the passenger comes by plane: his flight's statuses are told, too
   */
  Script(Shape shape, Kind kind, boolean flies) {
    this.shape = shape;
    this.plan = shape.plan();
    this.kind = kind;
    this.flies = flies;
    steps = new Step[plan.cycle()][];
    metres = new int[plan.cycle()];
    if (shape.hasTrips()) {
      tell();
    }
    drive();
  }

  /** What is said at a tick of the cycle; null where nothing is. */
  Step[] at(int tick) {
    return steps[tick];
  }

  /** How far on his way the driver is at a tick: from standby over the pickup to the drop-off. */
  int metresAt(int tick) {
    return metres[tick];
  }

  private void drive() {
    Shape.Travel approach = shape.approach();
    if (kind == Kind.MARGIN_MISSED) {
      // Between the margin and START.
      int margin = marginTick();
      int arrival = Math.min(plan.started(), plan.pickup()) - 10;
      approach = new Shape.Travel(margin + (arrival - margin) / 2, arrival, approach.metres());
    }
    Shape.Travel ride = shape.ride();
    if (kind == Kind.FAKE) {
      // He stands while it is said to be ridden.
      ride = new Shape.Travel(fakeEndTick() + 5, ride.to(), ride.metres());
    }
    for (int tick = 0; tick < plan.cycle(); tick++) {
      metres[tick] = approach.at(tick) + ride.at(tick);
    }
  }

  private int marginTick() {
    return plan.pickup() - 10 * 60_000 / Fleet.TICK_MS;
  }

  /** 45 s after START. */
  private int fakeEndTick() {
    return plan.started() + 15;
  }

  private void tell() {
    say(plan.accepted() - 3, Topic.LOGINS, BY_DRIVER, DRIVER + PHONE + ",\"action\":\"LOGIN\"}");
    order(plan.accepted() - 2, "PLACED", "}");
    order(
        plan.accepted(),
        "ACCEPTED",
        DRIVER + ",\"plate\":\"川A<driver>\",\"vehicleClass\":\"COMFORT\"}");
    if (kind != Kind.NO_CONTACT) {
      tellContacts();
    }
    press(onSiteTick(), "ON_SITE");
    press(plan.started(), "START");
    press(endTick(), "END");
    int cents = kind == Kind.OVERCHARGED ? 4_200 : 3_600;
    say(
        plan.ended() + 3,
        Topic.ORDERS,
        BY_ORDER,
        ",\"type\":\"SETTLED\"" + ORDER + ",\"chargedCents\":" + cents + "}");
    tellFeedback();
    if (flies) {
      tellFlight();
    }
  }

  private int onSiteTick() {
    return switch (kind) {
      case MARGIN_MISSED -> Math.min(plan.started(), plan.pickup()) - 8;
      // More than a minute before he is near; and he is there for a minute before the margin, for
      // a press elsewhere does not tell that he is.
      case PRESSED_ELSEWHERE -> plan.accepted() + 2;
      default -> shape.approach().to() + 1;
    };
  }

  private int endTick() {
    return switch (kind) {
      case FAKE -> fakeEndTick();
      case ENDED_ELSEWHERE -> (shape.ride().from() + shape.ride().to()) / 2;
      default -> plan.ended();
    };
  }

  private void tellContacts() {
    call(plan.accepted() + 5, "SMS", "DRIVER", "SENT");
    call(plan.accepted() + 15, "CALL", "DRIVER", "NO_ANSWER");
    call(plan.accepted() + 25, "CALL", "DRIVER", "CONNECTED");
    call(shape.approach().to() + 2, "SMS", "DRIVER", "SENT");
    call(arrivalTick() + PASSENGER_COMES_AFTER_ARRIVAL, "CALL", "PASSENGER", "CONNECTED");
  }

  /** When the plane is down: on time, and before START. */
  private int arrivalTick() {
    return Math.min(plan.started(), plan.pickup()) - 30;
  }

  private void tellFeedback() {
    int stars = kind == Kind.COMPLAINED_OF ? 2 : 5;
    rating(plan.ended() + 5, "PASSENGER", stars);
    rating(plan.ended() + 8, "DRIVER", 5);
    if (kind == Kind.COMPLAINED_OF) {
      complaint(plan.ended() + 6, "OPENED", ",\"category\":\"ATTITUDE\"}");
      complaint(plan.ended() + 9, "REPLIED", "}");
    }
  }

  private void tellFlight() {
    status(plan.accepted() - 3, "SCHEDULED", "}");
    status(plan.accepted() + 8, "DEPARTED", ",\"estimatedArrival\":<lands_at>}");
    status(arrivalTick(), "ARRIVED", ",\"actualArrival\":<lands_at>}");
  }

  /** By how much the plane is down before the agreed pickup time, in milliseconds. */
  long landsBeforePickupMs() {
    return (long) (plan.pickup() - arrivalTick()) * Fleet.TICK_MS;
  }

  private void order(int tick, String type, String rest) {
    long metres = Math.round(1.2 * shape.ride().metres());
    long seconds = (long) (plan.ended() - plan.started()) * Fleet.TICK_MS / 1_000;
    say(
        tick,
        Topic.ORDERS,
        BY_ORDER,
        ",\"type\":\""
            + type
            + "\""
            + ORDER
            + ",\"scenario\":\""
            + (flies ? "AIRPORT_PICKUP" : "STATION_DROPOFF")
            + "\",\"city\":\"chengdu\""
            + PASSENGER
            + ",\"passengerDeviceId\":\"pd-<passenger>\",\"pickupAt\":<pickup_at>"
            + ",\"pickup\":{\"lat\":30.<pickup_lat>,\"lon\":104.<pickup_lon>}"
            + ",\"dropoff\":{\"lat\":30.<dropoff_lat>,\"lon\":104.<dropoff_lon>}"
            + ",\"estimatedMeters\":"
            + metres
            + ",\"estimatedSeconds\":"
            + seconds
            + ",\"orderedClass\":\"COMFORT\",\"fixedPriceCents\":3600"
            + (flies ? flightName() : "")
            + rest);
  }

  private static String flightName() {
    return ",\"flightNo\":\"CA<driver><trip>\",\"serviceDate\":\"<year>-<month>-<day>\""
        + ",\"arrivesAt\":\"CTU\"";
  }

  private void press(int tick, String button) {
    say(tick, Topic.BUTTONS, BY_ORDER, ORDER + DRIVER + PHONE + ",\"button\":\"" + button + "\"}");
  }

  private void call(int tick, String channel, String caller, String outcome) {
    say(
        tick,
        Topic.CALLS,
        BY_ORDER,
        ORDER
            + DRIVER
            + PASSENGER
            + ",\"channel\":\""
            + channel
            + "\",\"caller\":\""
            + caller
            + "\",\"outcome\":\""
            + outcome
            + "\"}");
  }

  private void rating(int tick, String by, int stars) {
    say(
        tick,
        Topic.RATINGS,
        BY_ORDER,
        ORDER + DRIVER + PASSENGER + ",\"by\":\"" + by + "\",\"stars\":" + stars + "}");
  }

  private void complaint(int tick, String type, String rest) {
    say(
        tick,
        Topic.COMPLAINTS,
        BY_COMPLAINT,
        ",\"complaintId\":\"c-<driver>-<trip>\""
            + ORDER
            + DRIVER
            + PASSENGER
            + ",\"type\":\""
            + type
            + "\""
            + rest);
  }

  private void status(int tick, String status, String rest) {
    say(
        tick,
        Topic.FLIGHTS,
        BY_FLIGHT,
        flightName() + ",\"status\":\"" + status + "\",\"scheduledArrival\":<lands_at>" + rest);
  }

  private void say(int tick, Topic topic, Template key, String rest) {
    Step step = new Step(topic, Template.of(STAMP + rest), key);
    List<Step> there = steps[tick] == null ? List.of() : List.of(steps[tick]);
    List<Step> all = new ArrayList<>(there);
    all.add(step);
    steps[tick] = all.toArray(new Step[0]);
  }
}
