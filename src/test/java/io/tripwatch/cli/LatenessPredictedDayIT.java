package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.geo.GreatCircle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * How early and how often the first raising of {@code lateness-predicted} is right on a day of real
 * tracks, beside a straight line at one speed. What came of each trip is taken from the replay.
 */
@EnabledIf("isAtHand")
class LatenessPredictedDayIT {
  private static final Path DAY =
      Path.of(System.getProperty("tripwatch.realDay", "../shared/data/sfo-2008-06-03"));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTE = 60_000;
  private static final long TOLERANCE = 5 * MINUTE;
  private static final long BASELINE_FROM = 30 * MINUTE;
  private static final double ROADS_PER_LINE = 1.4;
  private static final long NEVER = Long.MAX_VALUE;

  @TempDir Path temporary;

  private final Map<String, double[]> pickups = new HashMap<>();
  private final Map<String, TreeMap<Long, double[]>> tracks = new HashMap<>();

  static boolean isAtHand() {
    return Files.isDirectory(DAY);
  }

  private record Ride(
      String tripId,
      String orderId,
      String driverId,
      long accepted,
      long due,
      long there,
      long end) {
    boolean isLate() {
      return there > due + TOLERANCE && (there != NEVER || end > due + TOLERANCE);
    }

    boolean isInTime() {
      return there <= due + TOLERANCE;
    }
  }

  /** What first raisings are worth. */
  private record Worth(double recall, double precision, double leadMinutes) {
    static Worth of(List<Ride> rides, Map<String, Long> raised) {
      int late = 0;
      int wrong = 0;
      List<Long> leads = new ArrayList<>();
      for (Ride ride : rides) {
        Long at = raised.get(ride.tripId());
        late += ride.isLate() ? 1 : 0;
        wrong += ride.isInTime() && at != null ? 1 : 0;
        if (ride.isLate() && at != null) {
          leads.add(ride.due() - at);
        }
      }
      Collections.sort(leads);
      double right = leads.size();
      double lead = leads.isEmpty() ? 0 : leads.get(leads.size() / 2) / (double) MINUTE;
      return new Worth(right / late, right / (right + wrong), lead);
    }

    String row(String name) {
      return String.format(
          Locale.ROOT, "%-41s %.3f    %.3f     %.1f min", name, recall, precision, leadMinutes);
    }
  }

  @Test
  void isEarlyAndRightMoreOftenThanAStraightLine() throws IOException {
    assertEquals(
        0, Tripwatch.commandLine().execute("replay", "--input=" + DAY, "--output=" + temporary));
    List<Ride> rides = rides();
    Map<String, Long> raised = firstRaisings();
    readTracks();
    Map<String, Long> slow = straight(rides, 20);
    Map<String, Long> fast = straight(rides, 40);
    System.out.println("                                         recall   precision median lead");
    parts(rides)
        .forEach(
            (name, part) -> {
              Worth ofModel = Worth.of(part, raised);
              Worth ofSlow = Worth.of(part, slow);
              Worth ofFast = Worth.of(part, fast);
              System.out.println(ofModel.row(name + " lateness-predicted"));
              System.out.println(ofSlow.row(name + " straight x 1.4, 20 km/h"));
              System.out.println(ofFast.row(name + " straight x 1.4, 40 km/h"));
              double straight = Math.max(ofSlow.precision(), ofFast.precision());
              assertTrue(ofModel.precision() > straight, name + ofModel);
            });
    // Two replays differ by a few alerts: what is aimed at, less what they differ by.
    Worth model = Worth.of(rides, raised);
    assertTrue(model.recall() >= 0.8 - 0.01, model::toString);
    assertTrue(model.precision() >= 0.85 - 0.01, model::toString);
    assertTrue(model.leadMinutes() >= 8 - 0.3, model::toString);
  }

  /**
   * The day, and its halves by driver and by time: a model that fits one half fails in the other.
   */
  private static Map<String, List<Ride>> parts(List<Ride> rides) {
    long midDay = rides.stream().mapToLong(Ride::due).sorted().toArray()[rides.size() / 2];
    Map<String, List<Ride>> parts = new LinkedHashMap<>();
    parts.put("day:             ", rides);
    parts.put("half the drivers:", part(rides, ride -> ride.driverId().hashCode() % 2 == 0));
    parts.put("the others:      ", part(rides, ride -> ride.driverId().hashCode() % 2 != 0));
    parts.put("half the day:    ", part(rides, ride -> ride.due() < midDay));
    parts.put("the other half:  ", part(rides, ride -> ride.due() >= midDay));
    return parts;
  }

  private static List<Ride> part(List<Ride> rides, Predicate<Ride> isOf) {
    return rides.stream().filter(isOf).toList();
  }

  /** Each trip once, as its last revision tells it. */
  private List<Ride> rides() throws IOException {
    Map<String, Ride> rides = new LinkedHashMap<>();
    for (String line : Files.readAllLines(temporary.resolve("trips.ndjson"))) {
      JsonNode trip = JSON.readTree(line);
      if (trip.has("pickupTime")) {
        String tripId = trip.path("tripId").asText();
        rides.put(
            tripId,
            new Ride(
                tripId,
                trip.path("orderId").asText(),
                trip.path("driverId").asText(),
                instant(trip, "acceptedAt"),
                instant(trip, "pickupTime"),
                instant(trip, "presentAt"),
                instant(trip, "endedAt")));
      }
    }
    return List.copyOf(rides.values());
  }

  private Map<String, Long> firstRaisings() throws IOException {
    Map<String, Long> first = new HashMap<>();
    for (String line : Files.readAllLines(temporary.resolve("alerts.ndjson"))) {
      JsonNode alert = JSON.readTree(line);
      String id = alert.path("alertId").asText();
      if (alert.path("ruleId").asText().equals("lateness-predicted")) {
        first.putIfAbsent(id.substring(0, id.lastIndexOf('/')), instant(alert, "occurredAt"));
      }
    }
    return first;
  }

  private static long instant(JsonNode node, String name) {
    return node.has(name) ? Instant.parse(node.path(name).asText()).toEpochMilli() : NEVER;
  }

  private void readTracks() throws IOException {
    each(
        "orders",
        order -> {
          if (order.has("pickup")) {
            JsonNode pickup = order.path("pickup");
            pickups.put(
                order.path("orderId").asText(),
                new double[] {pickup.path("lat").asDouble(), pickup.path("lon").asDouble()});
          }
        });
    each(
        "gps",
        fix -> {
          boolean usable =
              fix.path("source").asText().equals("PHONE")
                  && fix.path("accuracyM").asDouble(0) <= 100
                  && !fix.path("mock").asBoolean();
          if (usable) {
            tracks
                .computeIfAbsent(fix.path("driverId").asText(), any -> new TreeMap<>())
                .put(
                    fix.path("eventTime").asLong(),
                    new double[] {fix.path("lat").asDouble(), fix.path("lon").asDouble()});
          }
        });
  }

  private static void each(String topic, Consumer<JsonNode> consumer) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DAY.resolve(topic + ".ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        consumer.accept(JSON.readTree(line));
      }
    }
  }

  /** Who raises at the first fix or minute at which a straight line at one speed says too late. */
  private Map<String, Long> straight(List<Ride> rides, double kmh) {
    Map<String, Long> raised = new HashMap<>();
    for (Ride ride : rides) {
      TreeMap<Long, double[]> track = tracks.getOrDefault(ride.driverId(), new TreeMap<>());
      double[] pickup = pickups.get(ride.orderId());
      long from = Math.max(ride.accepted(), ride.due() - BASELINE_FROM);
      long until = Math.min(ride.due(), Math.min(ride.there(), ride.end()));
      long at = from;
      while (at < until) {
        Map.Entry<Long, double[]> seen = track.floorEntry(at);
        if (seen != null && isTooFar(seen.getValue(), pickup, kmh, ride.due() - at)) {
          raised.put(ride.tripId(), at);
          break;
        }
        Long next = track.higherKey(at);
        at = Math.min(at + MINUTE, next == null ? NEVER : next);
      }
    }
    return raised;
  }

  private static boolean isTooFar(double[] from, double[] to, double kmh, long left) {
    double metres = GreatCircle.metres(from[0], from[1], to[0], to[1]) * ROADS_PER_LINE;
    return metres / (kmh / 3.6) * 1_000 > left + TOLERANCE;
  }
}
