package io.tripwatch.verdict;

import static io.tripwatch.rule.Story.ms;
import static io.tripwatch.rule.Story.trip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tripwatch.event.FlightStatus.Status;
import io.tripwatch.event.OrderEvent.CancelledBy;
import io.tripwatch.event.Scenario;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.Story;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.Severity;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.FixStore;
import io.tripwatch.trip.Speeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DossierWireTest {
  private static final RuleBook SETTINGS = RuleBook.of(Settings.defaults(Rules.catalogue()));

  /** All a file can hold: registration, two turns, a flight, presses, calls, fixes, alerts. */
  private static Story eventful() {
    Story story = trip().scenario(Scenario.STATION_PICKUP).flight("G1").placedAt("7:00");
    story.registered("7:00", "ph-7").status(Status.DELAYED, "8:30", "PT20M").calledAt("8:40");
    story.reassignedTo("d-8", "8:50").reassignedTo("d-7", "9:00").onSiteAt("9:55");
    return story.away("9:40", "9:55", "9:58").startAt("10:05").insideFrom("10:00", "10:06");
  }

  private static Dossier file() {
    Dossier dossier = new Dossier(new Driver(Story.DRIVER), new HeapArchive());
    eventful().events().forEach(event -> dossier.learn(event, ms("7:00")));
    dossier.judge(SETTINGS, 1, ms("10:20"), new Heard());
    return dossier;
  }

  private static byte[] written(Dossier dossier) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DossierWire.write(dossier, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void isWrittenTheSameAfterBeingRead() throws IOException {
    Dossier dossier = file();
    assertArrayEquals(written(dossier), written(Reread.of(dossier, new HeapArchive())));
  }

  @Test
  void isJudgedOnTheSameAfterBeingRead() {
    Story rest = trip().notAccepted().endAt("10:40").away("10:40", "10:45");
    rest.cancelledBy(CancelledBy.PASSENGER, "10:50");
    List<Alert> said = goOn(file(), rest);
    assertEquals(said, goOn(Reread.of(file(), new HeapArchive()), rest));
    assertEquals(
        List.of("ended-elsewhere", "track-silent"), said.stream().map(Alert::ruleId).toList());
  }

  private static List<Alert> goOn(Dossier dossier, Story rest) {
    Heard heard = new Heard();
    rest.events().forEach(event -> dossier.learn(event, ms("10:30")));
    dossier.judge(SETTINGS, 1, ms("11:00"), heard);
    return heard.alerts();
  }

  @Test
  void goesOnWithTheRevisions() {
    Dossier copy = Reread.of(file(), new HeapArchive());
    Heard heard = new Heard();
    Story late = trip().notAccepted().inside("9:55:30");
    late.events().forEach(event -> copy.learn(event, ms("10:30")));
    copy.judge(SETTINGS, 1, ms("10:30"), heard);
    Alert retracted =
        heard.alerts().stream()
            .filter(a -> a.ruleId().equals("on-site-pressed-elsewhere"))
            .findAny()
            .get();
    assertEquals(Alert.Status.RETRACTED, retracted.status());
    assertEquals(2, retracted.revision());
  }

  @Test
  void beginsAgainWithTheFirstRevisionInANewEpoch() {
    Heard heard = new Heard();
    Dossier fresh = new Dossier(new Driver(Story.DRIVER), new HeapArchive());
    eventful().events().forEach(event -> fresh.learn(event, ms("7:00")));
    fresh.judge(SETTINGS, 2, ms("10:20"), heard);
    heard.alerts().forEach(alert -> assertEquals("2.1", alert.epoch() + "." + alert.revision()));
  }

  @Test
  void bringsBackEveryKindOfEvidence() throws IOException {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("text", "川A");
    evidence.put("whole", Long.MIN_VALUE);
    evidence.put("fraction", -0.5);
    evidence.put("flag", true);
    evidence.put("instant", Instant.ofEpochMilli(-1));
    for (String optional : new String[] {null, "x"}) {
      Alert alert =
          new Alert(
              "o-1/d-7/x",
              3,
              2,
              Alert.Status.UPDATED,
              "x",
              "default",
              "fees",
              Severity.CRITICAL,
              Alert.Confidence.UNVERIFIED,
              true,
              optional,
              "d-7",
              optional,
              optional,
              optional,
              -7,
              "Ü.",
              evidence);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DossierWire.writeAlert(alert, new DataOutputStream(bytes));
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      Alert read = DossierWire.readAlert(in);
      assertEquals(alert, read);
      assertEquals(List.copyOf(evidence.keySet()), List.copyOf(read.evidence().keySet()));
      assertEquals(-1, in.read());
    }
  }

  @Test
  void refusesEvidenceOfAnotherKind() {
    Alert alert =
        new Alert(
            "a",
            1,
            1,
            Alert.Status.RAISED,
            "x",
            "default",
            "fees",
            Severity.INFO,
            Alert.Confidence.CONFIRMED,
            false,
            null,
            "d",
            null,
            null,
            null,
            0,
            "",
            Map.of("n", 1));
    DataOutputStream out = new DataOutputStream(new ByteArrayOutputStream());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> DossierWire.writeAlert(alert, out));
    assertEquals("evidence cannot hold a class java.lang.Integer", refused.getMessage());
  }

  @Test
  void refusesAFormItDoesNotKnow() throws IOException {
    byte[] bytes = written(file());
    bytes[0] = 99;
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                DossierWire.read(
                    "d-7",
                    new HeapArchive(),
                    Speeds.NONE,
                    FixStore.NONE,
                    new DataInputStream(new ByteArrayInputStream(bytes))));
    assertEquals(
        "the state of d-7 has form 99; this build reads form "
            + written(file())[0]
            + ": restore with the build that wrote it",
        refused.getMessage());
  }
}
