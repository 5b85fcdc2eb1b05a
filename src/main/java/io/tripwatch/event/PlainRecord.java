package io.tripwatch.event;

import java.util.List;

/**
 * The canonical JSON of a record that says what the event says and no more: nearly all do, and need
 * not be kept word by word. Whether one does is for the caller to compare.
 */
final class PlainRecord {
  private final StringBuilder out = new StringBuilder();
  private final boolean spellsDefaults;
  private char separator = '{';

  private PlainRecord(boolean spellsDefaults) {
    this.spellsDefaults = spellsDefaults;
  }

  /**
   * The record; null where there is none so plain.
   *
   * @param spellsDefaults whether it names what may be left out because it is what is usual
   */
  static String of(Event event, boolean spellsDefaults) {
    PlainRecord record = new PlainRecord(spellsDefaults);
    if (event instanceof OrderEvent order) {
      record.order(order);
    } else if (event instanceof Press press) {
      record.press(press);
    } else if (event instanceof Call call) {
      record.call(call);
    } else if (event instanceof Login login) {
      record.login(login);
    } else if (event instanceof FlightStatus status) {
      record.status(status);
    } else if (event instanceof FleetRecord fleet) {
      record.fleet(fleet);
    } else if (event instanceof Rating rating) {
      record.rating(rating);
    } else if (event instanceof Complaint complaint) {
      record.complaint(complaint);
    } else if (event instanceof HumanVerdict verdict) {
      record.verdict(verdict);
    } else if (event instanceof Undo undo) {
      record.undo(undo);
    } else {
      return null;
    }
    return record.out.append('}').toString();
  }

  private void order(OrderEvent order) {
    Booking booking = order.booking();
    FlightKey flight = booking == null ? null : booking.flight();
    text("arrivesAt", flight == null ? null : flight.arrivesAt());
    word("cancelledBy", order.cancelledBy());
    if (order.type() == OrderEvent.Type.SETTLED) {
      whole("chargedCents", order.chargedCents());
    }
    if (booking != null) {
      text("city", booking.city());
      if (spellsDefaults || booking.couponCents() != 0) {
        whole("couponCents", booking.couponCents());
      }
    }
    text("driverId", order.driverId());
    if (booking != null) {
      place("dropoff", booking.dropoff());
      number("estimatedMeters", booking.estimatedMeters());
      number("estimatedSeconds", booking.estimatedSeconds());
    }
    stamp(order.stamp());
    if (booking != null) {
      whole("fixedPriceCents", booking.fixedPriceCents());
      text("flightNo", flight == null ? null : flight.flightNo());
    }
    text("orderId", order.orderId());
    if (booking != null) {
      word("orderedClass", booking.orderedClass());
      text("passengerDeviceId", booking.passengerDeviceId());
      text("passengerId", booking.passengerId());
      place("pickup", booking.pickup());
      whole("pickupAt", booking.pickupAt());
    }
    text("plate", order.plate());
    text("reason", order.reason());
    word("scenario", booking == null ? null : booking.scenario());
    text("serviceDate", flight == null ? null : flight.serviceDate());
    word("type", order.type());
    word("vehicleClass", order.vehicleClass());
  }

  private void press(Press press) {
    word("button", press.button());
    text("deviceId", press.deviceId());
    text("driverId", press.driverId());
    stamp(press.stamp());
    number("lat", press.lat());
    number("lon", press.lon());
    text("orderId", press.orderId());
  }

  private void call(Call call) {
    word("caller", call.caller());
    word("channel", call.channel());
    text("driverId", call.driverId());
    if (call.durationS() >= 0) {
      number("durationS", call.durationS());
    }
    stamp(call.stamp());
    text("orderId", call.orderId());
    word("outcome", call.outcome());
    text("passengerId", call.passengerId());
  }

  private void login(Login login) {
    word("action", login.action());
    text("appVersion", login.appVersion());
    text("deviceId", login.deviceId());
    text("driverId", login.driverId());
    stamp(login.stamp());
    text("ip", login.ip());
  }

  private void status(FlightStatus status) {
    instant("actualArrival", status.actualArrival());
    text("arrivesAt", status.flight().arrivesAt());
    instant("estimatedArrival", status.estimatedArrival());
    stamp(status.stamp());
    text("flightNo", status.flight().flightNo());
    if (spellsDefaults || status.mode() != FlightStatus.Mode.FLIGHT) {
      word("mode", status.mode());
    }
    instant("scheduledArrival", status.scheduledArrival());
    text("serviceDate", status.flight().serviceDate());
    word("status", status.status());
  }

  private void fleet(FleetRecord fleet) {
    text("city", fleet.city());
    text("driverId", fleet.driverId());
    stamp(fleet.stamp());
    texts("phones", fleet.phones());
    text("plate", fleet.plate());
    word("vehicleClass", fleet.vehicleClass());
    text("vehicleDeviceId", fleet.vehicleDeviceId());
  }

  private void rating(Rating rating) {
    word("by", rating.by());
    text("driverId", rating.driverId());
    stamp(rating.stamp());
    text("orderId", rating.orderId());
    text("passengerId", rating.passengerId());
    whole("stars", rating.stars());
    if (spellsDefaults || !rating.tags().isEmpty()) {
      texts("tags", rating.tags());
    }
  }

  private void complaint(Complaint complaint) {
    text("category", complaint.category());
    text("complaintId", complaint.complaintId());
    text("driverId", complaint.driverId());
    stamp(complaint.stamp());
    text("orderId", complaint.orderId());
    text("passengerId", complaint.passengerId());
    word("type", complaint.type());
  }

  private void verdict(HumanVerdict verdict) {
    text("decidedBy", verdict.decidedBy());
    text("driverId", verdict.driverId());
    stamp(verdict.stamp());
    text("note", verdict.note());
    word("subject", verdict.subject());
    text("subjectId", verdict.subjectId());
    word("verdict", verdict.verdict());
  }

  private void undo(Undo undo) {
    text("decidedBy", undo.decidedBy());
    stamp(undo.stamp());
    instant("from", undo.from());
    text("note", undo.note());
    text("ruleId", undo.ruleId());
    word("state", undo.state());
    text("undoId", undo.undoId());
    instant("until", undo.until());
    text("version", undo.version());
  }

  private void stamp(Stamp stamp) {
    text("eventId", stamp.eventId());
    whole("eventTime", stamp.eventTime());
  }

  private StringBuilder name(String name) {
    out.append(separator).append('"').append(name).append("\":");
    separator = ',';
    return out;
  }

  private void text(String name, String value) {
    if (value != null) {
      name(name).append('"').append(value).append('"');
    }
  }

  private void word(String name, Enum<?> value) {
    text(name, value == null ? null : value.name());
  }

  private void texts(String name, List<String> values) {
    name(name).append('[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "\"" : ",\"").append(values.get(i)).append('"');
    }
    out.append(']');
  }

  private void whole(String name, long value) {
    name(name).append(value);
  }

  private void instant(String name, long value) {
    if (value != Stamp.ABSENT) {
      whole(name, value);
    }
  }

  private void place(String name, Place place) {
    name(name);
    separator = '{';
    number("lat", place.lat());
    number("lon", place.lon());
    out.append('}');
    separator = ',';
  }

  private void number(String name, double value) {
    if (!Double.isNaN(value)) {
      decimal(name(name), value);
    }
  }

  /** Of a number that is no short decimal any one: it will not be equal to what it should be. */
  private static void decimal(StringBuilder out, double value) {
    int digits = Decimals.digits(value);
    if (digits == Decimals.NONE) {
      out.append('?');
      return;
    }
    long whole = Math.abs(Decimals.whole(value, digits));
    long unit = Decimals.ten(digits);
    out.append(value < 0 ? "-" : "").append(whole / unit);
    if (digits > 0) {
      String fraction = Long.toString(whole % unit);
      out.append('.').append("0".repeat(digits - fraction.length())).append(fraction);
    }
  }

  /** The same event with another stamp. */
  static Event stamped(Event event, Stamp stamp) {
    if (event instanceof OrderEvent order) {
      return new OrderEvent(
          stamp,
          order.type(),
          order.orderId(),
          order.booking(),
          order.driverId(),
          order.plate(),
          order.vehicleClass(),
          order.cancelledBy(),
          order.reason(),
          order.chargedCents());
    } else if (event instanceof Press press) {
      return new Press(
          stamp,
          press.orderId(),
          press.driverId(),
          press.deviceId(),
          press.button(),
          press.lat(),
          press.lon());
    } else if (event instanceof Call call) {
      return new Call(
          stamp,
          call.orderId(),
          call.driverId(),
          call.passengerId(),
          call.channel(),
          call.caller(),
          call.outcome(),
          call.durationS());
    } else if (event instanceof Login login) {
      return new Login(
          stamp,
          login.driverId(),
          login.deviceId(),
          login.action(),
          login.appVersion(),
          login.ip());
    } else if (event instanceof FlightStatus status) {
      return new FlightStatus(
          stamp,
          status.flight(),
          status.mode(),
          status.status(),
          status.scheduledArrival(),
          status.estimatedArrival(),
          status.actualArrival());
    }
    return stampedOfOthers(event, stamp);
  }

  private static Event stampedOfOthers(Event event, Stamp stamp) {
    if (event instanceof FleetRecord fleet) {
      return new FleetRecord(
          stamp,
          fleet.driverId(),
          fleet.phones(),
          fleet.plate(),
          fleet.vehicleClass(),
          fleet.vehicleDeviceId(),
          fleet.city());
    } else if (event instanceof Rating rating) {
      return new Rating(
          stamp,
          rating.orderId(),
          rating.driverId(),
          rating.passengerId(),
          rating.by(),
          rating.stars(),
          rating.tags());
    } else if (event instanceof Complaint complaint) {
      return new Complaint(
          stamp,
          complaint.complaintId(),
          complaint.orderId(),
          complaint.driverId(),
          complaint.passengerId(),
          complaint.type(),
          complaint.category());
    } else if (event instanceof HumanVerdict verdict) {
      return new HumanVerdict(
          stamp,
          verdict.subject(),
          verdict.subjectId(),
          verdict.driverId(),
          verdict.verdict(),
          verdict.decidedBy(),
          verdict.note());
    } else if (event instanceof Undo undo) {
      return new Undo(
          stamp,
          undo.undoId(),
          undo.version(),
          undo.ruleId(),
          undo.from(),
          undo.until(),
          undo.state(),
          undo.decidedBy(),
          undo.note());
    }
    throw new IllegalArgumentException("no plain record of " + event.topic().topicName());
  }
}
