package io.tripwatch.bench.peers;

import io.tripwatch.bench.peers.DriverEvent.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * The three rules as patterns of Flink's own library for them.
 *
 * <p>A pattern there is given up after a fixed span of time, while the margin ends at a time that
 * the order names: the event {@link Kind#DUE} stands for that. "Within 300 m" is that no fix
 * farther off follows, which, unlike a loop over all fixes of the ride, keeps none of them.
 */
public final class CepRules {
  /** No order is accepted longer before its pickup than this. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final String ACCEPTED = "accepted";
  private static final String ON_SITE = "on site";
  private static final String DUE = "due";
  private static final String FIX = "fix";
  private static final String START = "start";
  private static final String AWAY = "away";
  private static final String END = "end";

  private CepRules() {}

  /** What a pattern is fed. */
  public enum Feed {
    /** Every pattern gets every event. */
    ALL,
    /** Each pattern gets only the kinds of events it asks for. */
    NEEDED
  }

  /** The alerts, as {@link Found} writes them. */
  public static DataStream<String> define(DataStream<DriverEvent> events, Feed feed) {
    Set<Kind> ofMargin = EnumSet.of(Kind.ACCEPTED, Kind.DUE, Kind.ON_SITE);
    Set<Kind> ofPress = EnumSet.of(Kind.ACCEPTED, Kind.ON_SITE, Kind.FIX);
    Set<Kind> ofRide = EnumSet.of(Kind.START, Kind.END, Kind.FIX);
    return found(fed(events, feed, ofMargin), marginMissed(), new Always(Found.MARGIN_MISSED))
        .union(
            found(fed(events, feed, ofPress), pressed(), new WhereAway()),
            found(fed(events, feed, ofRide), fakeOrder(), new Always(Found.FAKE_ORDER)));
  }

  private static DataStream<DriverEvent> fed(
      DataStream<DriverEvent> events, Feed feed, Set<Kind> needed) {
    return feed == Feed.ALL ? events : events.filter(event -> needed.contains(event.kind()));
  }

  private static DataStream<String> found(
      DataStream<DriverEvent> events,
      Pattern<DriverEvent, ?> pattern,
      PatternProcessFunction<DriverEvent, String> matched) {
    return CEP.pattern(events.keyBy(DriverEvent::driverId, Types.STRING), castTo(pattern))
        .process(matched, Types.STRING);
  }

  @SuppressWarnings("unchecked") // Every stage of these patterns takes all events.
  private static Pattern<DriverEvent, DriverEvent> castTo(Pattern<DriverEvent, ?> pattern) {
    return (Pattern<DriverEvent, DriverEvent>) pattern;
  }

  /** Accepted, and ON_SITE does not follow before the margin. */
  private static Pattern<DriverEvent, ?> marginMissed() {
    return Pattern.<DriverEvent>begin(ACCEPTED)
        .where(SimpleCondition.of(event -> event.kind() == Kind.ACCEPTED))
        .notFollowedBy(ON_SITE)
        .where(new OfOrder(Kind.ON_SITE, ACCEPTED))
        .followedBy(DUE)
        .where(new OfOrder(Kind.DUE, ACCEPTED))
        .within(LONGEST_WAIT);
  }

  /** ON_SITE, and the first fix after it, which tells where it was pressed. */
  private static Pattern<DriverEvent, ?> pressed() {
    return Pattern.<DriverEvent>begin(ACCEPTED)
        .where(SimpleCondition.of(event -> event.kind() == Kind.ACCEPTED))
        .followedBy(ON_SITE)
        .where(new OfOrder(Kind.ON_SITE, ACCEPTED))
        .followedBy(FIX)
        .where(SimpleCondition.of(event -> event.kind() == Kind.FIX))
        .within(LONGEST_WAIT);
  }

  /** START to END within two minutes, and no fix between them away from the first. */
  private static Pattern<DriverEvent, ?> fakeOrder() {
    return Pattern.<DriverEvent>begin(START)
        .where(SimpleCondition.of(event -> event.kind() == Kind.START))
        .followedBy(FIX)
        .where(SimpleCondition.of(event -> event.kind() == Kind.FIX))
        .notFollowedBy(AWAY)
        .where(new AwayFrom(FIX))
        .followedBy(END)
        .where(new OfOrder(Kind.END, START))
        .within(Duration.ofMillis(DriverEvents.SHORT_RIDE_MS));
  }

  /** An event of a kind about the same order as an earlier one. */
  private static final class OfOrder extends IterativeCondition<DriverEvent> {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String earlier;

    OfOrder(Kind kind, String earlier) {
      this.kind = kind;
      this.earlier = earlier;
    }

    @Override
    public boolean filter(DriverEvent event, Context<DriverEvent> context) throws Exception {
      // The kind first: to ask for an earlier event is dear.
      return event.kind() == kind
          && context
              .getEventsForPattern(earlier)
              .iterator()
              .next()
              .orderId()
              .equals(event.orderId());
    }
  }

  /** A fix farther from an earlier one than a car that stands still would be. */
  private static final class AwayFrom extends IterativeCondition<DriverEvent> {
    private static final long serialVersionUID = 1L;

    private final String earlier;

    AwayFrom(String earlier) {
      this.earlier = earlier;
    }

    @Override
    public boolean filter(DriverEvent event, Context<DriverEvent> context) throws Exception {
      if (event.kind() != Kind.FIX) {
        return false;
      }
      // The library asks this of the earlier fix itself, too, and then there is none yet.
      Iterator<DriverEvent> from = context.getEventsForPattern(earlier).iterator();
      return from.hasNext() && metres(from.next(), event) >= DriverEvents.MOVED_M;
    }
  }

  private static double metres(DriverEvent from, DriverEvent to) {
    return Distance.metres(from.lat(), from.lon(), from.datum(), to.lat(), to.lon(), to.datum());
  }

  /** Every match is an alert. */
  private static final class Always extends PatternProcessFunction<DriverEvent, String> {
    private static final long serialVersionUID = 1L;

    private final String rule;

    Always(String rule) {
      this.rule = rule;
    }

    @Override
    public void processMatch(
        Map<String, List<DriverEvent>> match, Context context, Collector<String> out) {
      List<DriverEvent> accepted = match.get(ACCEPTED);
      String orderId = (accepted == null ? match.get(START) : accepted).get(0).orderId();
      out.collect(Found.of(rule, orderId));
    }
  }

  /** A match is an alert where the press was made away from the pickup point. */
  private static final class WhereAway extends PatternProcessFunction<DriverEvent, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processMatch(
        Map<String, List<DriverEvent>> match, Context context, Collector<String> out) {
      DriverEvent accepted = match.get(ACCEPTED).get(0);
      DriverEvent fix = match.get(FIX).get(0);
      if (fix.time() - match.get(ON_SITE).get(0).time() <= DriverEvents.PRESS_WINDOW_MS
          && metres(accepted, fix) - fix.metres() > accepted.metres()) {
        out.collect(Found.of(Found.ON_SITE_PRESSED_ELSEWHERE, accepted.orderId()));
      }
    }
  }
}
