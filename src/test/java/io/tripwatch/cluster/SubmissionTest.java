package io.tripwatch.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.job.JobOptions;
import io.tripwatch.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-22T08:00:00Z");

  @TempDir Path savepoint;

  @Test
  void aSavepointIsTakenUntilFourteenMinutesAfterItWasWritten() throws IOException {
    write();
    assertDoesNotThrow(() -> fromSavepoint().requireFreshSavepoint(at(Duration.ofMinutes(14))));
  }

  @Test
  void aSavepointIsRefusedLaterThanThat() throws IOException {
    write();
    IOException e =
        assertThrows(
            IOException.class,
            () -> fromSavepoint().requireFreshSavepoint(at(Duration.ofMinutes(14).plusMillis(1))));
    assertTrue(e.getMessage().contains("--allow-old-savepoint"), e.getMessage());
  }

  @Test
  void aDirectoryThatIsNoSavepointIsRefused() {
    IOException e =
        assertThrows(
            IOException.class, () -> fromSavepoint().requireFreshSavepoint(at(Duration.ZERO)));
    assertTrue(e.getMessage().startsWith("cannot read "), e.getMessage());
  }

  @Test
  void parallelismFitsTheFreeSlotsOrIsRefused() {
    assertDoesNotThrow(() -> fromSavepoint().requireSlots(2));
    assertThrows(IOException.class, () -> fromSavepoint().requireSlots(1));
  }

  @Test
  void aMistakeInTheRulesIsToldWithItsPath() {
    JobOptions options = new JobOptions("h:1", "n", 1, "trip:\n  stay: -1 s\n");
    InvalidSettingsException e =
        assertThrows(
            InvalidSettingsException.class,
            () -> new Submission(options, 1, null).requireValidRules());
    assertTrue(e.getMessage().startsWith("trip.stay"), e.getMessage());
  }

  @Test
  void optionsTravelWithTheJobAndBack() {
    JobOptions options = new JobOptions("h:1", "n", 3, "trip:\n  stay: 90 s\n");
    assertEquals(options, JobOptions.ofParameters(options.toParameters()));
  }

  @Test
  void theInnermostCauseOfAStackTraceIsTold() {
    assertEquals(
        "the state cannot be read",
        FlinkRest.lastCause(
            """
            org.apache.flink.Outer: it failed
            \tat a.b.C.d(C.java:1)
            Caused by: java.io.IOException: the state cannot be read.
            \tat e.f.G.h(G.java:2)
            """));
  }

  private void write() throws IOException {
    Path metadata = Files.createFile(savepoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.from(WRITTEN));
  }

  private Submission fromSavepoint() {
    return new Submission(new JobOptions("h:1", "n", 1, null), 2, savepoint.toString());
  }

  private static Clock at(Duration later) {
    return Clock.fixed(WRITTEN.plus(later), ZoneOffset.UTC);
  }
}
