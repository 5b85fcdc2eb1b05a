package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.Topic;
import io.tripwatch.files.ReplayCounts;
import io.tripwatch.files.ReplayRun;
import io.tripwatch.simulate.City;
import io.tripwatch.simulate.Delivery;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand damaged lines neither stop a replay nor get lost. */
class ReplayMutatedIT {
  private static final int LINES = 100_000;

  @TempDir private Path folder;

  @Test
  void accountsForEachOfAHundredThousandMutatedLines() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    Path output = folder.resolve("out");
    writeMutated(input, new Random(20261122));

    ReplayCounts counts =
        Replay.run(new ReplayRun.Request(input, null, 2, ReplayRun.Backend.HEAP))
            .writeTo(output, false, new ReplayGraph(Map.of(), 1));

    assertEquals(LINES, counts.read());
    assertEquals(counts.read(), counts.accepted() + counts.repeated() + counts.deadLettered());
    assertTrue(counts.deadLettered() > LINES / 4, "refused " + counts.deadLettered());
    assertTrue(counts.accepted() > LINES / 4, "accepted " + counts.accepted());
    assertTrue(counts.repeated() > 0, "repeated " + counts.repeated());
    try (Stream<String> letters = Files.lines(output.resolve("dead-letters.ndjson"))) {
      assertEquals(counts.deadLettered(), letters.count());
    }
  }

  /** Half of the lines damaged, each tenth line written twice. */
  private static void writeMutated(Path input, Random random) throws IOException {
    Map<Topic, OutputStream> files = new EnumMap<>(Topic.class);
    City city = new City(City.Plan.of(7, 1_000));
    try {
      int written = 0;
      while (written < LINES) {
        Delivery delivery = city.next();
        OutputStream file = open(files, input, delivery.topic());
        byte[] line = random.nextBoolean() ? mutated(delivery.json(), random) : delivery.json();
        int copies = Math.min(random.nextInt(10) == 0 ? 2 : 1, LINES - written);
        for (int copy = 0; copy < copies; copy++) {
          file.write(line);
          file.write('\n');
          written++;
        }
      }
    } finally {
      for (OutputStream file : files.values()) {
        file.close();
      }
    }
  }

  private static OutputStream open(Map<Topic, OutputStream> files, Path input, Topic topic)
      throws IOException {
    OutputStream file = files.get(topic);
    if (file == null) {
      Path path = input.resolve(topic.fileStem() + ".ndjson");
      file = new BufferedOutputStream(Files.newOutputStream(path));
      files.put(topic, file);
    }
    return file;
  }

  private static byte[] mutated(byte[] line, Random random) {
    byte[] changed = line.clone();
    int at = random.nextInt(changed.length);
    return switch (random.nextInt(4)) {
      case 0 -> replaced(changed, at, (byte) random.nextInt(256));
      case 1 -> replaced(changed, at, (byte) ('0' + random.nextInt(10)));
      case 2 -> Arrays.copyOf(changed, Math.max(1, at));
      default -> {
        System.arraycopy(line, at, changed, at / 2, line.length - at);
        yield withoutLineEnds(changed);
      }
    };
  }

  private static byte[] replaced(byte[] line, int at, byte value) {
    line[at] = value;
    return withoutLineEnds(line);
  }

  /** A line end would make two lines of one, and a lonely carriage return none. */
  private static byte[] withoutLineEnds(byte[] line) {
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
    }
    return line;
  }
}
