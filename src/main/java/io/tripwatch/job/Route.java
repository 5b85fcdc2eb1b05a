package io.tripwatch.job;

import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.RulesRecord;
import io.tripwatch.event.Undo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends each event to the driver it names, and to the stages that know whom else it bears on. */
final class Route extends ProcessFunction<Incoming, ForDriver> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", Wires.DEAD_LETTER);
  static final OutputTag<Received> OF_ORDERS = new OutputTag<>("of-orders", Wires.RECEIVED);
  static final OutputTag<Received> OF_FLIGHTS = new OutputTag<>("of-flights", Wires.RECEIVED);
  static final OutputTag<Fix> OF_VEHICLES = new OutputTag<>("of-vehicles", Wires.FIX);
  static final OutputTag<Received> OF_REGISTRY = new OutputTag<>("of-registry", Wires.RECEIVED);
  static final OutputTag<ForDevice> OF_DEVICES = new OutputTag<>("of-devices", Wires.FOR_DEVICE);

  /** New versions of the rule settings. */
  static final OutputTag<Event> RULES = new OutputTag<>("rules", Wires.EVENT);

  /** What people take back of a version's alerts. */
  static final OutputTag<Event> UNDO = new OutputTag<>("undo", Wires.EVENT);

  /** The name of the count of verdicts on what no alert can be called. */
  static final String NAMES_NOTHING = "namesNothing";

  /** Order or nothing, driver, his turn at the order, rule and what else tells alerts apart. */
  private static final Pattern ALERT_ID = Pattern.compile("[^/]+/([^/~]+)(?:~[0-9]+)?/.+");

  private transient LongCounter namesNothing;

  @Override
  public void open(OpenContext context) {
    namesNothing = getRuntimeContext().getLongCounter(NAMES_NOTHING);
    LongCounter counted = namesNothing;
    getRuntimeContext().getMetricGroup().gauge(NAMES_NOTHING, counted::getLocalValue);
  }

  @Override
  public void processElement(Incoming incoming, Context context, Collector<ForDriver> out) {
    Event event = incoming.event();
    if (event == null) {
      context.output(DEAD_LETTERS, incoming.deadLetter());
    } else if (event instanceof Fix fix) {
      if (fix.vehicle()) {
        context.output(OF_VEHICLES, fix);
      } else {
        out.collect(new ForDriver(fix.owner(), fix));
      }
    } else if (event instanceof OrderEvent || event instanceof Press || event instanceof Call) {
      context.output(OF_ORDERS, new Received(event, incoming.origin()));
    } else if (event instanceof FlightStatus) {
      context.output(OF_FLIGHTS, new Received(event, incoming.origin()));
    } else if (event instanceof FleetRecord) {
      context.output(OF_REGISTRY, new Received(event, incoming.origin()));
    } else if (event instanceof Login login && login.action() == Login.Action.LOGIN) {
      context.output(OF_DEVICES, new ForDevice(login.deviceId(), login, incoming.origin()));
    } else if (event instanceof RulesRecord) {
      context.output(RULES, event);
    } else if (event instanceof Undo) {
      context.output(UNDO, event);
    } else {
      tell(event, incoming.origin(), out);
    }
  }

  private void tell(Event event, Origin origin, Collector<ForDriver> out) {
    String driverId = driverOf(event);
    if (driverId == null) {
      namesNothing.add(1);
    } else {
      out.collect(new ForDriver(driverId, event, origin));
    }
  }

  /** The driver an event names; null for a verdict on what no alert can be called. */
  static String driverOf(Event event) {
    if (event instanceof FleetRecord fleet) {
      return fleet.driverId();
    } else if (event instanceof Login login) {
      return login.driverId();
    } else if (event instanceof Rating rating) {
      return rating.driverId();
    } else if (event instanceof Complaint complaint) {
      return complaint.driverId();
    } else if (event instanceof HumanVerdict verdict) {
      return driverOf(verdict);
    }
    throw new IllegalArgumentException(event.topic().topicName() + " names no driver by itself");
  }

  /** A verdict on an alert is keyed by what it is about; its driverId may be another's. */
  private static String driverOf(HumanVerdict verdict) {
    if (verdict.subject() != HumanVerdict.Subject.ALERT) {
      return verdict.driverId();
    }
    Matcher alertId = ALERT_ID.matcher(verdict.subjectId());
    return alertId.matches() ? alertId.group(1) : null;
  }
}
