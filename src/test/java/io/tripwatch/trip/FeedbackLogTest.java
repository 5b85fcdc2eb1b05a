package io.tripwatch.trip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.HumanVerdict;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.rule.Story;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackLogTest {
  private static List<Event> said() {
    return Story.trip()
        .notAccepted()
        .settledAt("11:00", 6_800)
        .ratedAt("11:10", 2)
        .complaint(Complaint.Type.OPENED, "11:20")
        .ratingDecidedAt("11:30", HumanVerdict.Decision.UPHELD)
        .events();
  }

  private static FeedbackLog log(List<Event> events) {
    FeedbackLog log = new FeedbackLog();
    events.forEach(log::learn);
    return log;
  }

  @Test
  void takesWhatIsSaidAndNothingElse() {
    assertTrue(said().stream().allMatch(FeedbackLog::takes));
    List<Event> seen = Story.trip().placedAt("7:00").startAt("10:00").calledAt("9:00").events();
    assertFalse(seen.stream().anyMatch(FeedbackLog::takes));
    assertThrows(IllegalArgumentException.class, () -> new FeedbackLog().learn(startOf(seen)));
  }

  private static Event startOf(List<Event> events) {
    return events.stream().filter(one -> !(one instanceof OrderEvent)).findFirst().orElseThrow();
  }

  @Test
  void knowsEachFactOnce() {
    FeedbackLog log = log(said());
    List<Event> again = said();
    again.forEach(event -> assertFalse(log.learn(event), event::toString));
    assertEquals(1, log.settlements().size());
    assertEquals(1, log.ratings().size());
    assertEquals(1, log.complaints().size());
    assertEquals(1, log.verdicts().size());
  }

  @Test
  void isWrittenAndRead() throws IOException {
    FeedbackLog log = log(said());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    log.write(new DataOutputStream(bytes));
    FeedbackLog read =
        FeedbackLog.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(log.settlements(), read.settlements());
    assertEquals(log.ratings(), read.ratings());
    assertEquals(log.complaints(), read.complaints());
    assertEquals(log.verdicts(), read.verdicts());
  }
}
