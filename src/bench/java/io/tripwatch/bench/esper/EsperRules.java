package io.tripwatch.bench.esper;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.util.AccessorStyle;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPDeployment;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import io.tripwatch.bench.peers.Distance;
import io.tripwatch.bench.peers.Found;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Press;
import java.util.function.Consumer;

/**
 * The three rules in Esper's language, its clock set by the events. Each is one pattern; a fix
 * finds those that await it by an index over its driver. What comes late is not put in its place:
 * events are to be told in order of time.
 */
final class EsperRules implements AutoCloseable {
  private static final String EPL =
      """
      @name('margin-missed')
      select o.orderId as orderId from pattern [
        every o=OrderEvent(type = OrderEvent$Type.ACCEPTED, booking.pickupAt - 600000 >= time)
          -> (timer:interval((o.booking.pickupAt - 599999 - o.time) / 1000.0)
              and not Press(orderId = o.orderId, button = Press$Button.ON_SITE))];

      @name('on-site-pressed-elsewhere')
      select o.orderId as orderId from pattern [
        every o=OrderEvent(type = OrderEvent$Type.ACCEPTED)
          -> (p=Press(orderId = o.orderId, button = Press$Button.ON_SITE)
              -> f=Fix(owner = o.driverId, vehicle = false)) where timer:within(1 day)]
      where f.time - p.time <= 60000
        and metres(o.booking.pickup.lat, o.booking.pickup.lon, Fix$Datum.WGS84,
                   f.lat, f.lon, f.datum) - f.accuracyM
            > (case o.booking.scenario when Scenario.AIRPORT_PICKUP then 1000 else 500 end);

      @name('fake-order')
      select s.orderId as orderId from pattern [
        every s=Press(button = Press$Button.`START`)
          -> (f=Fix(owner = s.driverId, vehicle = false)
              -> (Press(orderId = s.orderId, button = Press$Button.`END`)
                  and not Fix(owner = s.driverId, vehicle = false,
                              metres(f.lat, f.lon, f.datum, lat, lon, datum) >= 300)))
             where timer:within(120001 milliseconds)];
      """;

  private final EPRuntime runtime;
  private final EPEventService events;
  private final EventSender fixes;
  private final EventSender presses;
  private final EventSender orders;
  private long now = Long.MIN_VALUE;

  /**
   * @param name unique among those open in this process
   * @param found told each alert, as {@link Found} writes it
   */
  EsperRules(String name, Consumer<String> found) {
    Configuration configuration = configuration();
    runtime = EPRuntimeProvider.getRuntime(name, configuration);
    runtime.initialize();
    events = runtime.getEventService();
    events.clockExternal();
    events.advanceTime(0);
    for (EPStatement statement : deploy(configuration).getStatements()) {
      String rule = statement.getName();
      statement.addListener((in, out, ofStatement, ofRuntime) -> tell(rule, in, found));
    }
    fixes = events.getEventSender(Fix.class.getSimpleName());
    presses = events.getEventSender(Press.class.getSimpleName());
    orders = events.getEventSender(OrderEvent.class.getSimpleName());
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.getCommon().getEventMeta().setDefaultAccessorStyle(AccessorStyle.PUBLIC);
    configuration.getCommon().addEventType(Fix.class);
    configuration.getCommon().addEventType(Press.class);
    configuration.getCommon().addEventType(OrderEvent.class);
    configuration.getCommon().addImport(Event.class.getPackageName() + ".*");
    configuration
        .getCompiler()
        .addPlugInSingleRowFunction("metres", Distance.class.getName(), "metres");
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    // One thread feeds it, and asks for no order among threads.
    configuration.getRuntime().getThreading().setListenerDispatchPreserveOrder(false);
    configuration.getRuntime().getThreading().setInsertIntoDispatchPreserveOrder(false);
    return configuration;
  }

  private EPDeployment deploy(Configuration configuration) {
    try {
      EPCompiled compiled =
          EPCompilerProvider.getCompiler().compile(EPL, new CompilerArguments(configuration));
      return runtime.getDeploymentService().deploy(compiled);
    } catch (EPCompileException | EPDeployException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void tell(String rule, EventBean[] in, Consumer<String> found) {
    for (EventBean one : in) {
      found.accept(Found.of(rule, (String) one.get("orderId")));
    }
  }

  /** Hears an event, not older than any before; those that no rule asks about only move time. */
  void hear(Event event) {
    long time = event.time();
    if (time > now) {
      now = time;
      events.advanceTime(time);
    }
    if (event instanceof Fix fix) {
      fixes.sendEvent(fix);
    } else if (event instanceof Press press) {
      presses.sendEvent(press);
    } else if (event instanceof OrderEvent order) {
      orders.sendEvent(order);
    }
  }

  @Override
  public void close() {
    runtime.destroy();
  }
}
