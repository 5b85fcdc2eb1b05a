package io.tripwatch.naive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The records of a made-up replay folder, and how they reach the platform. */
final class SparseLog {
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One record. */
  record Line(String topic, ObjectNode body, long time, long received) {}

  private final Random random;
  private final List<Line> lines = new ArrayList<>();
  private int events;

  SparseLog(Random random) {
    this.random = random;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Adds an event that is received soon, or late but not too late, or (rarely) too late. */
  void add(String topic, long time, ObjectNode body) {
    long latest =
        switch (topic) {
          case "gps", "buttons", "calls", "logins", "flights" -> 2 * HOUR;
          case "ratings", "complaints", "verdicts", "undo" -> 10 * DAY;
          default -> 10 * MINUTE;
        };
    double draw = random.nextDouble();
    long delay = 100 + random.nextInt(4_000);
    if (draw < 0.03) {
      delay = (long) (random.nextDouble() * latest);
    } else if (draw < 0.031) {
      delay = latest + 1 + random.nextInt(1_000_000);
    } else if (draw < 0.033) {
      delay = latest;
    }
    add(topic, time, time + delay, body);
  }

  /** Adds an event received at a time; some come twice, some from a clock that runs ahead. */
  void add(String topic, long time, long received, ObjectNode body) {
    boolean timed = List.of("gps", "buttons", "calls", "logins").contains(topic);
    long said = time;
    if (timed && random.nextDouble() < 0.006) {
      said = received + 1 + random.nextInt(random.nextBoolean() ? 20_000 : 3_000_000);
    }
    body.put("eventTime", said);
    if (timed || random.nextDouble() < 0.6) {
      body.put("receivedAt", received);
    }
    if (random.nextDouble() < 0.1) {
      body.put("eventId", "e-" + events++);
    }
    lines.add(new Line(topic, body, said, received));
    if (random.nextDouble() < 0.01) {
      ObjectNode again = body.deepCopy();
      if (body.has("receivedAt")) {
        again.put("receivedAt", received + random.nextInt(60_000));
      }
      lines.add(new Line(topic, again, said, received));
    }
  }

  /** Adds an event as it is. */
  void addPlain(String topic, long time, ObjectNode body) {
    lines.add(new Line(topic, body.put("eventTime", time).put("receivedAt", time), time, time));
  }

  long first() {
    return lines.stream().mapToLong(l -> Math.min(l.time, l.received)).min().orElseThrow();
  }

  long last() {
    return lines.stream().mapToLong(l -> Math.max(l.time, l.received)).max().orElseThrow();
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    lines.sort(Comparator.comparingLong(Line::received).thenComparing(l -> l.body.toString()));
    Map<String, StringBuilder> files = new HashMap<>();
    for (Line line : lines) {
      files
          .computeIfAbsent(line.topic, t -> new StringBuilder())
          .append(JSON.writeValueAsString(line.body))
          .append('\n');
    }
    for (Map.Entry<String, StringBuilder> file : files.entrySet()) {
      Files.writeString(
          folder.resolve(file.getKey() + ".ndjson"), file.getValue(), StandardCharsets.UTF_8);
    }
  }

  // Drawing.

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from {@code from} to before {@code to}. */
  long between(long from, long to) {
    return from + (long) (random.nextDouble() * (to - from));
  }

  double spread(double greatest) {
    return (random.nextDouble() * 2 - 1) * greatest;
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
