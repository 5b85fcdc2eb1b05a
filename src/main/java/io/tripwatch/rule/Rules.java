package io.tripwatch.rule;

import io.tripwatch.rule.buttons.ButtonOutOfOrder;
import io.tripwatch.rule.buttons.EndNotPressed;
import io.tripwatch.rule.buttons.EndedElsewhere;
import io.tripwatch.rule.buttons.OnSiteNotPressed;
import io.tripwatch.rule.buttons.OnSitePressedElsewhere;
import io.tripwatch.rule.buttons.StartedElsewhere;
import io.tripwatch.rule.cheating.ClockBehind;
import io.tripwatch.rule.cheating.FakeOrder;
import io.tripwatch.rule.cheating.GpsSpoofed;
import io.tripwatch.rule.contact.NoContactAfterAccept;
import io.tripwatch.rule.contact.NoContactOnArrival;
import io.tripwatch.rule.driving.Detour;
import io.tripwatch.rule.driving.Speeding;
import io.tripwatch.rule.driving.TrackSilent;
import io.tripwatch.rule.fees.ChargedAboveFixedPrice;
import io.tripwatch.rule.flights.FlightCalledOff;
import io.tripwatch.rule.flights.FlightDelayed;
import io.tripwatch.rule.identity.AccountInTwoPlaces;
import io.tripwatch.rule.identity.ClassBelowOrder;
import io.tripwatch.rule.identity.DeviceShared;
import io.tripwatch.rule.identity.ReassignedPrivately;
import io.tripwatch.rule.identity.UnregisteredDevice;
import io.tripwatch.rule.identity.VehicleSilent;
import io.tripwatch.rule.identity.VehicleSwapped;
import io.tripwatch.rule.punctuality.CancellationInduced;
import io.tripwatch.rule.punctuality.DriverCancelled;
import io.tripwatch.rule.punctuality.LateAtPickup;
import io.tripwatch.rule.punctuality.LatenessPredicted;
import io.tripwatch.rule.punctuality.MarginMissed;
import io.tripwatch.rule.punctuality.NoShow;
import io.tripwatch.rule.punctuality.PickupAbandoned;
import io.tripwatch.rule.voice.BadRating;
import io.tripwatch.rule.voice.BlacklistedPairMatched;
import io.tripwatch.rule.voice.ComplaintUnanswered;
import io.tripwatch.rule.voice.ComplaintUnresolved;
import io.tripwatch.rule.voice.ComplaintUpheld;
import io.tripwatch.rule.voice.RatingUnverified;
import io.tripwatch.settings.RuleSpec;
import java.util.List;

/** The one list of rules. Settings, wiring and documents pick a rule up from here. */
public final class Rules {
  /** All rules, by family. */
  public static final List<Rule> ALL =
      List.of(
          new MarginMissed(),
          new LateAtPickup(),
          new NoShow(),
          new LatenessPredicted(),
          new PickupAbandoned(),
          new DriverCancelled(),
          new CancellationInduced(),
          new NoContactAfterAccept(),
          new NoContactOnArrival(),
          new OnSiteNotPressed(),
          new OnSitePressedElsewhere(),
          new ButtonOutOfOrder(),
          new StartedElsewhere(),
          new EndedElsewhere(),
          new EndNotPressed(),
          new VehicleSwapped(),
          new VehicleSilent(),
          new UnregisteredDevice(),
          new ReassignedPrivately(),
          new DeviceShared(),
          new AccountInTwoPlaces(),
          new ClassBelowOrder(),
          new FakeOrder(),
          new GpsSpoofed(),
          new ClockBehind(),
          new ChargedAboveFixedPrice(),
          new FlightDelayed(),
          new FlightCalledOff(),
          new TrackSilent(),
          new Detour(),
          new Speeding(),
          new BadRating(),
          new RatingUnverified(),
          new ComplaintUnanswered(),
          new ComplaintUnresolved(),
          new ComplaintUpheld(),
          new BlacklistedPairMatched());

  /** Those about what was seen of a trip. */
  public static final List<TripRule> OF_TRIPS = only(TripRule.class);

  /** Those about what was said of it. */
  public static final List<FeedbackRule> OF_FEEDBACK = only(FeedbackRule.class);

  /** Those about a driver's day, seen during his trips. */
  public static final List<DayRule> OF_DAYS = only(DayRule.class);

  /** Those about a driver's logins. */
  public static final List<LoginRule> OF_LOGINS = only(LoginRule.class);

  private Rules() {}

  private static <R extends Rule> List<R> only(Class<R> kind) {
    return ALL.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What there is to set. */
  public static List<RuleSpec> catalogue() {
    return ALL.stream().map(Rule::spec).toList();
  }
}
