package io.tripwatch.rule.identity;

import static io.tripwatch.rule.Story.trip;
import static io.tripwatch.verdict.Alert.Status.RAISED;
import static io.tripwatch.verdict.Alert.Status.RETRACTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Press.Button;
import io.tripwatch.rule.Outcome;
import io.tripwatch.rule.RuleContract;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReassignedPrivatelyTest implements RuleContract {
  private static final String PRIVATELY = "reassigned-privately";

  @Override
  public String rule() {
    return PRIVATELY;
  }

  @Override
  public Story broken() {
    return trip().pressedBy("d-8", "ph-8", Button.START, "9:50");
  }

  @Override
  public String judgedAt() {
    return "10:05";
  }

  @Override
  public Consequence consequence() {
    return new Consequence(Severity.CRITICAL, 20_000, 12, true, false);
  }

  @Test
  void holdsWhenADriverPressesWhoWasNeverAssignedTheOrder() {
    Outcome outcome = broken().judgedAt("10:05").raises(PRIVATELY, "9:50");
    assertEquals("d-8", outcome.evidence(PRIVATELY, "pressedBy"));
    assertEquals(false, outcome.evidence(PRIVATELY, "everAssigned"));
    assertEquals(List.of(), outcome.evidence(PRIVATELY, "registeredTo"));
  }

  @Test
  void holdsWhenADevicePressesThatIsAnothersAndNotHis() {
    Story foreign = trip().pressedFrom("ph-8", Button.ON_SITE, "9:50");
    foreign.judgedAt("10:05").isSilentOn(PRIVATELY);
    Story held = trip().pressedFrom("ph-8", Button.ON_SITE, "9:50");
    held.registeredFor("d-8", "9:50", "ph-8").registeredFor("d-9", "9:00", "ph-8");
    Outcome outcome = held.judgedAt("10:05").raises(PRIVATELY, "9:50");
    assertEquals("d-7", outcome.evidence(PRIVATELY, "pressedBy"));
    assertEquals(true, outcome.evidence(PRIVATELY, "everAssigned"));
    assertEquals(List.of("d-8", "d-9"), outcome.evidence(PRIVATELY, "registeredTo"));
  }

  @Test
  void goesByTheRegistryAtTheTimeOfThePress() {
    Story later = trip().pressedFrom("ph-8", Button.ON_SITE, "9:50");
    later.registeredFor("d-8", "9:50:00.001", "ph-8").judgedAt("10:05").isSilentOn(PRIVATELY);
    Story noMore = trip().pressedFrom("ph-8", Button.ON_SITE, "9:50");
    noMore.registeredFor("d-8", "9:00", "ph-8").registeredFor("d-8", "9:50", "ph-9");
    noMore.judgedAt("10:05").isSilentOn(PRIVATELY);
  }

  @Test
  void remembersWhoseTheDeviceWasDaysBeforeThePickup() {
    Story story = trip().acceptedAt("8:00").pickupAt("120:00");
    story.registered("7:00", "ph-7").registered("40:00", "ph-6");
    story.pressedBy("d-8", "ph-7", Button.START, "9:50");
    Outcome outcome = story.judgedAt("121:00").raises(PRIVATELY, "9:50");
    assertEquals(List.of("d-7"), outcome.evidence(PRIVATELY, "registeredTo"));
  }

  @Test
  void staysSilentOnADeviceThatIsHisToo() {
    Story shared = trip().registered("7:00", "ph-8").registeredFor("d-8", "7:00", "ph-8");
    shared.pressedFrom("ph-8", Button.ON_SITE, "9:50").judgedAt("10:05").isSilentOn(PRIVATELY);
    Story nobodys = trip().registered("7:00", "ph-7");
    nobodys.pressedFrom("ph-66", Button.ON_SITE, "9:50").judgedAt("10:05").isSilentOn(PRIVATELY);
  }

  @Test
  void staysSilentOnADriverWhoWasAssignedTheOrderAtAnyTime() {
    Story before = trip().notAccepted().acceptedBy("d-8", "8:00").reassignedTo("d-7", "8:30");
    before.pressedBy("d-8", "ph-8", Button.START, "9:50");
    before.judgedAt("10:05").isSilentOn(PRIVATELY);
    Story after = broken().reassignedTo("d-8", "9:55");
    after.judgedAt("10:05").isSilentOn(PRIVATELY);
  }

  @Test
  void countsPressesOfTheTripsTimeOnlyBothEndsIncluded() {
    Story before = trip().pressedBy("d-8", "ph-8", Button.START, "7:59:59.999");
    before.judgedAt("10:05").isSilentOn(PRIVATELY);
    Story first = trip().pressedBy("d-8", "ph-8", Button.START, "8:00");
    first.judgedAt("10:05").raises(PRIVATELY, "8:00");
    broken().cancelledBy(CancelledBy.PASSENGER, "9:50").judgedAt("10:05").raises(PRIVATELY);
    Story over = broken().cancelledBy(CancelledBy.PASSENGER, "9:49:59.999");
    over.judgedAt("10:05").isSilentOn(PRIVATELY);
  }

  @Test
  void seesRepeatedPresses() {
    Story repeated = trip().registeredFor("d-8", "7:00", "ph-8").onSiteAt("9:45");
    repeated.pressedFrom("ph-8", Button.ON_SITE, "9:45:03");
    repeated.judgedAt("10:05").raises(PRIVATELY, "9:45:03");
  }

  @Test
  void isTheFirstSuchPress() {
    Story twice = broken().pressedBy("d-9", "ph-9", Button.ON_SITE, "9:49");
    Outcome outcome = twice.judgedAt("10:05").raises(PRIVATELY, "9:49");
    assertEquals("d-9", outcome.evidence(PRIVATELY, "pressedBy"));
  }

  @Test
  void isRetractedWhenALateAssignmentExplainsThePress() {
    Outcome outcome =
        broken().learnedAt("9:55", story -> story.reassignedTo("d-8", "9:49")).judgedAt("10:05");
    assertEquals(List.of(RAISED, RETRACTED), outcome.isSilentOn(PRIVATELY).revisions(PRIVATELY));
  }

  @Test
  void isRaisedWhenTheForeignPressIsHeardOfLate() {
    Outcome outcome =
        trip()
            .learnedAt("11:30", it -> it.pressedBy("d-8", "ph-8", Button.END, "9:50"))
            .judgedAt("11:31");
    assertEquals(List.of(RAISED), outcome.raises(PRIVATELY, "9:50").revisions(PRIVATELY));
  }
}
