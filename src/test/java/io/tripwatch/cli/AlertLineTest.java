package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Confidence;
import io.tripwatch.verdict.Alert.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class AlertLineTest {
  private static final String ESCAPE = "\u001b[";

  @Test
  void printsWhatARevisionIsAndUnderItWhatItSays() {
    assertEquals(
        """
        11-23 08:41:07  RAISED     MAJOR     CONFIRMED   late-at-pickup
                        d-1 o-1: Not there by 08:41.""",
        plain(alert("o-1", Status.RAISED, "Not there by 08:41.")));
    assertEquals(
        """
        11-23 08:41:07  RETRACTED  MAJOR     CONFIRMED   late-at-pickup
                        d-1 o-1: There by 08:40.""",
        plain(alert("o-1", Status.RETRACTED, "There by 08:40.")));
  }

  @Test
  void printsSeverityAndConfidence() {
    Alert unverified = alert(Status.RAISED, Severity.CRITICAL, Confidence.UNVERIFIED);
    assertTrue(
        plain(unverified).startsWith("11-23 08:41:07  RAISED     CRITICAL  UNVERIFIED  late-at"),
        plain(unverified));
  }

  @Test
  void printsAnAlertOfNoOrder() {
    assertTrue(
        plain(alert(null, Status.RAISED, "On two phones.")).endsWith("  d-1: On two phones."));
  }

  @Test
  void aLineIsAtMostEightyWideAndALongerMessageGoesOnUnderItself() {
    // 64 characters fit beside the indentation, of which the ids take nine.
    String fits = "x".repeat(30) + " " + "y".repeat(24);
    assertEquals(List.of(16 + 64), lengths(alert("o-1", Status.RAISED, fits)));
    assertEquals(List.of(16 + 39, 16 + 25), lengths(alert("o-1", Status.RAISED, fits + "y")));
    String oneWord = "z".repeat(129);
    assertEquals(
        List.of(16 + 8, 16 + 64, 16 + 64, 16 + 1), lengths(alert("o-1", Status.RAISED, oneWord)));
  }

  @Test
  void theDateIsNotSaidTwiceNorThePickupTimeThatTheLineBeginsWith() {
    assertEquals(
        "d-1 o-1: Not at the pickup point by the pickup time.",
        said("Not at the pickup point by the pickup time 2026-11-23T08:41:07Z."));
    assertEquals(
        "d-1 o-1: Not there 10 min before 08:51:07.",
        said("Not there 10 min before 2026-11-23T08:51:07Z."));
    assertEquals(
        "d-1 o-1: There 5 min after the pickup time.",
        said("There 5 min after the pickup time 2026-11-23T08:41:07Z."));
    assertEquals("d-1 o-1: Pressed at 08:41:07.", said("Pressed at 2026-11-23T08:41:07Z."));
    assertEquals("d-1 o-1: Due by 11-24 08:41:07.", said("Due by 2026-11-24T08:41:07Z."));
  }

  @Test
  void coloursBySeverityAndWhatIsRetractedGreen() {
    Map<Severity, String> colours =
        Map.of(
            Severity.CRITICAL, "31m",
            Severity.MAJOR, "31m",
            Severity.WARNING, "33m",
            Severity.INFO, "36m");
    colours.forEach(
        (severity, colour) -> {
          Alert raised = alert(Status.RAISED, severity, Confidence.CONFIRMED);
          String line = AlertLine.of(raised, Ansi.ON);
          assertTrue(line.contains(colour + "RAISED     " + severity), line);
          assertTrue(!plain(raised).contains(ESCAPE));
        });
    Alert retracted = alert(Status.RETRACTED, Severity.CRITICAL, Confidence.CONFIRMED);
    assertTrue(AlertLine.of(retracted, Ansi.ON).contains(ESCAPE + "32mRETRACTED  CRITICAL"));
  }

  @Test
  void letsNoControlCharacterOfAMessageReachTheTerminal() {
    String line = plain(alert("o-1", Status.RAISED, "plate \u001b[2J\nX"));
    assertTrue(line.endsWith("plate ?[2J?X"), line);
  }

  @Test
  void countsRevisionsAndWhatStands() {
    AlertBoard board = new AlertBoard();
    board.note(alert("o-1", Status.RAISED, ""));
    board.note(alert("o-1", Status.UPDATED, ""));
    board.note(alert("o-2", Status.RAISED, ""));
    board.note(alert("o-2", Status.RETRACTED, ""));
    board.note(alert(Status.RAISED, Severity.MAJOR, Confidence.UNVERIFIED));
    assertEquals(2, board.standing());
    assertEquals(3, board.revisions(Status.RAISED));
    assertEquals(
        """
        rule                        raised  updated  retracted  standing  unverified
        late-at-pickup                   3        1          1         2           1
        all                              3        1          1         2           1
        """,
        board.table());
  }

  private static String plain(Alert alert) {
    return AlertLine.of(alert, Ansi.OFF);
  }

  private static String said(String message) {
    return plain(alert("o-1", Status.RAISED, message)).lines().skip(1).findFirst().get().strip();
  }

  /** Of the lines after the first. */
  private static List<Integer> lengths(Alert alert) {
    return plain(alert).lines().skip(1).map(String::length).toList();
  }

  private static Alert alert(String orderId, Status status, String message) {
    return alert(orderId, status, Severity.MAJOR, Confidence.CONFIRMED, message);
  }

  private static Alert alert(Status status, Severity severity, Confidence confidence) {
    return alert("o-3", status, severity, confidence, "");
  }

  private static Alert alert(
      String orderId, Status status, Severity severity, Confidence confidence, String message) {
    return new Alert(
        (orderId == null ? "-/d-1" : orderId + "/d-1") + "/late-at-pickup",
        1,
        1,
        status,
        "late-at-pickup",
        "default",
        "punctuality",
        severity,
        confidence,
        false,
        orderId,
        "d-1",
        null,
        null,
        "chengdu",
        Instant.parse("2026-11-23T08:41:07Z").toEpochMilli(),
        message,
        Map.of());
  }
}
