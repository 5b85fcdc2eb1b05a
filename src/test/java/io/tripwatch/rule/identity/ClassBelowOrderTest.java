package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.VehicleClass;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassBelowOrderTest implements RuleContract {
  private static final String CLASS_BELOW_ORDER = "class-below-order";

  @Override
  public String rule() {
    return CLASS_BELOW_ORDER;
  }

  @Override
  public Story broken() {
    return trip().ordered(VehicleClass.BUSINESS).driven(VehicleClass.COMFORT);
  }

  @Override
  public String judgedAt() {
    return "8:10";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.MAJOR, 0, 0, false, false);
  }

  @Test
  void holdsForEveryLowerClassAndNoOther() {
    for (VehicleClass ordered : VehicleClass.values()) {
      for (VehicleClass driven : VehicleClass.values()) {
        Outcome outcome = trip().ordered(ordered).driven(driven).judgedAt("8:10");
        boolean lower = driven.ordinal() < ordered.ordinal();
        assertEquals(lower, outcome.holds(CLASS_BELOW_ORDER), () -> driven + " for " + ordered);
      }
    }
  }

  @Test
  void holdsFromTheAcceptanceOn() {
    broken().judgedAt("8:10").raises(CLASS_BELOW_ORDER, "8:00");
  }

  @Test
  void goesByTheOrderAsItWasAccepted() {
    Story raised = trip().driven(VehicleClass.COMFORT);
    raised.changedAt("8:30", story -> story.ordered(VehicleClass.LUXURY));
    raised.judgedAt("8:40").isSilentOn(CLASS_BELOW_ORDER);
    Story lowered = broken();
    lowered.changedAt("8:30", story -> story.ordered(VehicleClass.ECONOMY));
    lowered.judgedAt("8:40").raises(CLASS_BELOW_ORDER);
  }

  @Test
  void isAboutTheDriverWhoGetsTheOrder() {
    Story others = trip().notAccepted().ordered(VehicleClass.BUSINESS).driven(VehicleClass.ECONOMY);
    others.acceptedBy("d-8", "7:00").driven(VehicleClass.BUSINESS).reassignedTo("d-7", "8:00");
    others.judgedAt("8:10").isSilentOn(CLASS_BELOW_ORDER);
    Story his = trip().notAccepted().ordered(VehicleClass.BUSINESS).driven(VehicleClass.BUSINESS);
    his.acceptedBy("d-8", "7:00").driven(VehicleClass.ECONOMY).reassignedTo("d-7", "8:00");
    his.judgedAt("8:10").raises(CLASS_BELOW_ORDER, "8:00");
  }

  @Test
  void isTakenBackWhenAnEarlierAcceptanceComesInLate() {
    Outcome outcome =
        trip()
            .ordered(VehicleClass.BUSINESS)
            .driven(VehicleClass.COMFORT)
            .learnedAt(
                "8:09", story -> story.driven(VehicleClass.LUXURY).acceptedBy("d-7", "7:59:59"))
            .judgedAt("8:10");
    assertEquals(
        List.of(RAISED, RETRACTED),
        outcome.isSilentOn(CLASS_BELOW_ORDER).revisions(CLASS_BELOW_ORDER));
  }
}
