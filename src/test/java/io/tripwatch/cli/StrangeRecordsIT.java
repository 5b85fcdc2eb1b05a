package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.StrangeRecords;
import io.tripwatch.codec.StrangeRecords.Strange;
import io.tripwatch.codec.StrangeRecords.When;
import io.tripwatch.event.Topic;
import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract allows and nobody expects neither stops a replay nor gets lost. */
class StrangeRecordsIT {
  private static final int RECORDS = 100_000;

  @TempDir private Path folder;

  @Test
  void accountsForAHundredThousandStrangeRecordsOfThreeDays() throws Exception {
    ReplayCounts counts = replay(new StrangeRecords(1, When.WITHIN_DAYS), null, 1);
    assertEquals(RECORDS, counts.accepted() + counts.repeated());
  }

  @Test
  void accountsForAHundredThousandAtOneInstantByTwoTasks() throws Exception {
    ReplayCounts counts = replay(new StrangeRecords(2, When.AT_ONCE), null, 2);
    assertEquals(RECORDS, counts.accepted() + counts.repeated());
  }

  @Test
  void accountsForThoseAfterTheEnd() throws Exception {
    Instant until = Instant.ofEpochMilli(StrangeRecords.START).plusSeconds(6 * 3_600);
    ReplayCounts counts = replay(new StrangeRecords(3, When.WITHIN_DAYS), until, 2);
    assertTrue(counts.afterUntil() > RECORDS / 2, counts.summary());
    assertEquals(RECORDS, counts.accepted() + counts.repeated() + counts.afterUntil());
  }

  private ReplayCounts replay(StrangeRecords records, Instant until, int parallelism)
      throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    write(records, input);
    ReplayCounts counts =
        Replay.run(new ReplayRun.Request(input, until, parallelism, ReplayRun.Backend.HEAP))
            .writeTo(folder.resolve("out"), true, new ReplayGraph(Map.of(), 1));
    assertEquals(RECORDS, counts.read());
    assertEquals(0, counts.deadLettered());
    return counts;
  }

  private static void write(StrangeRecords records, Path input) throws IOException {
    Map<Topic, OutputStream> files = new EnumMap<>(Topic.class);
    try {
      for (Topic topic : Topic.values()) {
        Path file = input.resolve(topic.fileStem() + ".ndjson");
        files.put(topic, new BufferedOutputStream(Files.newOutputStream(file)));
      }
      for (int i = 0; i < RECORDS; i++) {
        Strange record = records.next();
        files.get(record.topic()).write(record.json());
        files.get(record.topic()).write('\n');
      }
    } finally {
      for (OutputStream file : files.values()) {
        file.close();
      }
    }
  }
}
