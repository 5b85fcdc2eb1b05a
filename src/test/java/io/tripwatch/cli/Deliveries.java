package io.tripwatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.codec.Decoded;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Topic;
import io.tripwatch.simulate.Delivery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** What a platform's gateways hand on, in the order in which they do. */
final class Deliveries {
  /** Less than event time stays behind: what changes places by this is not late. */
  private static final int JITTER_MS = 3_000;

  /** A straggler comes when event time has passed it by. */
  private static final int STRAGGLE_MS = (int) Duration.ofMinutes(8).toMillis();

  private static final double STRAGGLERS = 0.01;
  private static final double DUPLICATES = 0.03;

  private Deliveries() {}

  /** All records of a replay folder of gzipped files. */
  static List<Delivery> ofFolder(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Delivery> all = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      Path file = folder.resolve(topic.fileStem() + ".ndjson.gz");
      if (!Files.exists(file)) {
        continue;
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode record = json.readTree(line);
          JsonNode arrival = record.path("receivedAt");
          arrival = arrival.isNumber() ? arrival : record.path("eventTime");
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          all.add(new Delivery(topic, key(topic, record), arrival.asLong(), bytes));
        }
      }
    }
    all.sort(Comparator.comparingLong(Delivery::arrivalMs));
    return all;
  }

  private static String key(Topic topic, JsonNode record) {
    String field =
        switch (topic) {
          case ORDERS, BUTTONS, CALLS, RATINGS -> "orderId";
          case GPS -> record.path("source").asText().equals("PHONE") ? "driverId" : "plate";
          case LOGINS, FLEET -> "driverId";
          case FLIGHTS -> "flightNo";
          case COMPLAINTS -> "complaintId";
          case VERDICTS -> "subjectId";
          case RULES -> "version";
          case UNDO -> "undoId";
        };
    return record.path(field).asText();
  }

  /**
   * The same deliveries as a real network brings them: neighbours change places, some come minutes
   * later than they were received, some twice.
   */
  static List<Delivery> disturbed(List<Delivery> inOrder, long seed) {
    record Slot(long atMs, Delivery delivery) {}
    Random random = new Random(seed);
    List<Slot> slots = new ArrayList<>();
    for (Delivery delivery : inOrder) {
      int copies = random.nextDouble() < DUPLICATES ? 2 : 1;
      for (int copy = 0; copy < copies; copy++) {
        int most = random.nextDouble() < STRAGGLERS ? STRAGGLE_MS : JITTER_MS;
        slots.add(new Slot(delivery.arrivalMs() + random.nextInt(most), delivery));
      }
    }
    slots.sort(Comparator.comparingLong(Slot::atMs));
    return slots.stream().map(Slot::delivery).toList();
  }

  /** Those from one share of the whole to another, e.g. from 0 to 0.5. */
  static List<Delivery> part(List<Delivery> all, double from, double to) {
    return all.subList((int) (from * all.size()), (int) (to * all.size()));
  }

  /** Where a replay ends event time: the greatest eventTime of an accepted record. */
  static long until(List<Delivery> all) {
    EventDecoder decoder = new EventDecoder();
    return all.stream()
        .map(each -> decoder.decode(each.topic(), each.json()))
        .filter(Decoded::isAccepted)
        .mapToLong(decoded -> decoded.event().time())
        .max()
        .orElseThrow();
  }
}
