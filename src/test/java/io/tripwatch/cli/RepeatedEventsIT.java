package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Topic;
import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever way an event goes, its repetition is counted, and once. */
class RepeatedEventsIT {
  @TempDir private Path folder;

  @Test
  void countsEachRepeatedEventOnceOfEveryTopic() throws Exception {
    Map<Topic, ByteArrayOutputStream> lines = twiceEach();
    assertTrue(lines.size() >= 9, "the city tells of " + lines.keySet());
    ReplayCounts counts = replay(lines);
    assertEquals(0, counts.deadLettered());
    assertEquals(counts.read() / 2, counts.repeated());
    assertEquals(counts.read() / 2, counts.accepted());
  }

  private static Map<Topic, ByteArrayOutputStream> twiceEach() throws IOException {
    Map<Topic, ByteArrayOutputStream> lines = new EnumMap<>(Topic.class);
    City city = new City(City.Plan.of(7, 30));
    while (city.hasNext()) {
      Delivery delivery = city.next();
      ByteArrayOutputStream file =
          lines.computeIfAbsent(delivery.topic(), any -> new ByteArrayOutputStream());
      for (int copy = 0; copy < 2; copy++) {
        file.write(delivery.json());
        file.write('\n');
      }
    }
    return lines;
  }

  private ReplayCounts replay(Map<Topic, ByteArrayOutputStream> lines) throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    for (Map.Entry<Topic, ByteArrayOutputStream> file : lines.entrySet()) {
      Files.write(
          input.resolve(file.getKey().fileStem() + ".ndjson"), file.getValue().toByteArray());
    }
    return Replay.run(new ReplayRun.Request(input, null, 2, ReplayRun.Backend.HEAP))
        .writeTo(folder.resolve("out"), false, new ReplayGraph(Map.of(), 1));
  }
}
