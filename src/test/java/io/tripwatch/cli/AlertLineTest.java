package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.Alert.Status;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class AlertLineTest {
  private static final String ESCAPE = "\u001b[";

  @Test
  void printsARevisionOnOneLine() {
    assertEquals(
        "11-23 08:41:07  RAISED     late-at-pickup             d-1 o-1  Not there by 08:41.",
        AlertLine.of(alert("o-1", Status.RAISED, "Not there by 08:41."), Ansi.OFF));
    assertEquals(
        "11-23 08:41:07  RETRACTED  late-at-pickup             d-1 o-1  There by 08:40.",
        AlertLine.of(alert("o-1", Status.RETRACTED, "There by 08:40."), Ansi.OFF));
  }

  @Test
  void printsAnAlertOfNoOrder() {
    assertEquals(
        "11-23 08:41:07  RAISED     late-at-pickup             d-1  On two phones.",
        AlertLine.of(alert(null, Status.RAISED, "On two phones."), Ansi.OFF));
  }

  @Test
  void coloursTheStatusOnATerminalOnly() {
    Alert alert = alert("o-1", Status.RETRACTED, "There.");
    assertTrue(AlertLine.of(alert, Ansi.ON).contains(ESCAPE + "32mRETRACTED" + ESCAPE));
    assertTrue(!AlertLine.of(alert, Ansi.OFF).contains(ESCAPE));
  }

  @Test
  void letsNoControlCharacterOfAMessageReachTheTerminal() {
    String line = AlertLine.of(alert("o-1", Status.RAISED, "plate \u001b[2J\nX"), Ansi.OFF);
    assertTrue(line.endsWith("plate ?[2J?X"), line);
  }

  @Test
  void countsRevisionsAndWhatStands() {
    AlertBoard board = new AlertBoard();
    board.note(alert("o-1", Status.RAISED, ""));
    board.note(alert("o-1", Status.UPDATED, ""));
    board.note(alert("o-2", Status.RAISED, ""));
    board.note(alert("o-2", Status.RETRACTED, ""));
    board.note(alert("o-3", Status.RAISED, ""));
    assertEquals(2, board.standing());
    assertEquals(3, board.revisions(Status.RAISED));
    assertEquals(
        """
        rule                           raised  updated  retracted  standing
        late-at-pickup                      3        1          1         2
        all                                 3        1          1         2
        """,
        board.table());
  }

  private static Alert alert(String orderId, Status status, String message) {
    return new Alert(
        (orderId == null ? "-" : orderId) + "/d-1/late-at-pickup",
        1,
        1,
        status,
        "late-at-pickup",
        "default",
        "punctuality",
        Severity.MAJOR,
        Alert.Confidence.CONFIRMED,
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
