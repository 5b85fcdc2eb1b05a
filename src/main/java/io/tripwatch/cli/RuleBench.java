package io.tripwatch.cli;

import io.tripwatch.codec.Decoded;
import io.tripwatch.codec.EventDecoder;
import io.tripwatch.event.Call;
import io.tripwatch.event.Complaint;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.FleetRecord;
import io.tripwatch.event.FlightStatus;
import io.tripwatch.event.Login;
import io.tripwatch.event.OrderEvent;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Press;
import io.tripwatch.event.Rating;
import io.tripwatch.event.Topic;
import io.tripwatch.files.ReplayFolder;
import io.tripwatch.rule.DayRule;
import io.tripwatch.rule.FeedbackRule;
import io.tripwatch.rule.LoginRule;
import io.tripwatch.rule.Rule;
import io.tripwatch.rule.Rules;
import io.tripwatch.rule.TripRule;
import io.tripwatch.rule.punctuality.PickupAbandoned;
import io.tripwatch.settings.RuleBook;
import io.tripwatch.settings.Settings;
import io.tripwatch.settings.Values;
import io.tripwatch.trip.Driver;
import io.tripwatch.trip.Feedback;
import io.tripwatch.trip.FeedbackLog;
import io.tripwatch.trip.Pairs;
import io.tripwatch.trip.PickupTime;
import io.tripwatch.trip.Trip;
import io.tripwatch.trip.TripSummary;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What each rule's judgement costs: all that a folder tells is learned, and each rule judges all
 * the trips there are, as known in the end; the rules turn and turn about.
 */
final class RuleBench {
  private static final long SEED = 1;
  private static final long LEAST_TIMED_NANOS = 5_000_000;

  private final RuleBook book = RuleBook.of(Settings.defaults(Rules.catalogue()));
  private final Map<String, Driver> drivers = new TreeMap<>();
  private final Map<String, FeedbackLog> logs = new HashMap<>();

  /** Who is told what: the drivers of an order, a flight, a vehicle, a device. */
  private final Map<Object, Set<String>> concerned = new HashMap<>();

  private final Map<String, Trip> trips = new TreeMap<>();
  private final List<Said> said = new ArrayList<>();
  private final Map<Rule, Integer> findings = new HashMap<>();

  /** A trip and what was said of it. */
  private record Said(TripSummary trip, Feedback feedback) {}

  /** What a rule took in the measured rounds, in ns per judgement. */
  private record Cost(Rule rule, int judgements, double[] nanos) {
    double median() {
      return Bench.median(nanos);
    }
  }

  /** Learns what a folder tells; what would be refused is left out. */
  static RuleBench of(Path folder) throws IOException {
    ReplayFolder.open(folder);
    RuleBench bench = new RuleBench();
    List<Event> events = read(folder);
    // A driver lets go of fixes that no order of his asks for: the orders first.
    events.sort(Comparator.comparing(Event::topic));
    events.forEach(bench::note);
    long now = events.stream().mapToLong(Event::time).max().orElse(0);
    for (Event event : events) {
      bench.tell(event, now);
    }
    bench.gather(now);
    return bench;
  }

  private static List<Event> read(Path folder) throws IOException {
    EventDecoder decoder = new EventDecoder();
    List<Event> events = new ArrayList<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.sorted().toList()) {
        for (Topic topic : Topic.values()) {
          String name = file.getFileName().toString();
          if (name.matches(topic.fileStem() + "(-[0-9]+)?\\.ndjson(\\.gz)?")) {
            read(file, topic, decoder, events);
          }
        }
      }
    }
    return events;
  }

  private static void read(Path file, Topic topic, EventDecoder decoder, List<Event> events)
      throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    InputStream plain =
        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Decoded decoded = decoder.decode(topic, line.getBytes(StandardCharsets.UTF_8));
        if (decoded.isAccepted()) {
          events.add(decoded.event());
        }
      }
    }
  }

  private void note(Event event) {
    if (event instanceof OrderEvent order && order.type().assigns()) {
      concern(order.orderId(), order.driverId());
      concern("plate " + Plates.key(order.plate()), order.driverId());
      if (order.booking().flight() != null) {
        concern(order.booking().flight(), order.driverId());
      }
    } else if (event instanceof Press press) {
      concern("device " + press.deviceId(), press.driverId());
      for (String driverId : concernedBy(press.orderId())) {
        concern("device " + press.deviceId(), driverId);
      }
    } else if (event instanceof Login login) {
      concern("device " + login.deviceId(), login.driverId());
    }
  }

  private void concern(Object what, String driverId) {
    concerned.computeIfAbsent(what, any -> new TreeSet<>()).add(driverId);
  }

  private Set<String> concernedBy(Object what) {
    return concerned.getOrDefault(what, Set.of());
  }

  private void tell(Event event, long now) {
    if (FeedbackLog.takes(event)) {
      String orderId = orderOf(event);
      if (orderId != null) {
        logs.computeIfAbsent(orderId, any -> new FeedbackLog()).learn(event);
      }
      return;
    }
    for (String driverId : hearersOf(event)) {
      drivers.computeIfAbsent(driverId, Driver::new).learn(event, now);
    }
  }

  private static String orderOf(Event event) {
    if (event instanceof OrderEvent order) {
      return order.orderId();
    } else if (event instanceof Rating rating) {
      return rating.orderId();
    }
    return event instanceof Complaint complaint ? complaint.orderId() : null;
  }

  private Set<String> hearersOf(Event event) {
    if (event instanceof OrderEvent order) {
      return concernedBy(order.orderId());
    } else if (event instanceof Press press) {
      return concernedBy(press.orderId());
    } else if (event instanceof Call call) {
      return concernedBy(call.orderId());
    } else if (event instanceof FlightStatus status) {
      return concernedBy(status.flight());
    } else if (event instanceof Login login) {
      return concernedBy("device " + login.deviceId());
    } else if (event instanceof FleetRecord fleet) {
      Set<String> hearers = new TreeSet<>(Set.of(fleet.driverId()));
      fleet.phones().forEach(phone -> hearers.addAll(concernedBy("device " + phone)));
      return hearers;
    } else if (event instanceof Fix fix) {
      return fix.vehicle() ? concernedBy("plate " + fix.owner()) : Set.of(fix.owner());
    }
    return Set.of();
  }

  private void gather(long now) {
    for (Driver driver : drivers.values()) {
      driver.visit(
          book,
          now,
          (order, ofOrder, settling, last) -> {
            ofOrder.forEach(Trip::keepFixes);
            ofOrder.forEach(trip -> trips.put(trip.tripId(), trip));
            return PickupTime.NEVER;
          });
    }
    Pairs pairs = new Pairs();
    for (Trip trip : trips.values()) {
      FeedbackLog log = logs.getOrDefault(trip.orderId(), new FeedbackLog());
      TripSummary summary = trip.summary(PickupAbandoned.freeWaitMs(trip));
      said.add(new Said(summary, new Feedback(summary, log, pairs, trip.rules(), now)));
    }
  }

  /** Measures, and prints the dearest rule first. */
  void print(int rounds, int warmUp, PrintWriter out) {
    List<Cost> costs = new ArrayList<>();
    Rules.ALL.forEach(rule -> costs.add(new Cost(rule, judgements(rule), new double[rounds])));
    costs.removeIf(cost -> cost.judgements() == 0);
    Random order = new Random(SEED);
    for (int round = -warmUp; round < rounds; round++) {
      List<Cost> turns = new ArrayList<>(costs);
      Collections.shuffle(turns, order);
      for (Cost cost : turns) {
        double nanos = nanosPerJudgement(cost);
        if (round >= 0) {
          cost.nanos()[round] = nanos;
        }
      }
    }
    out.printf(
        "%,d drivers, %,d trips, each judged as known in the end; medians of %d rounds%n",
        drivers.size(), trips.size(), rounds);
    out.printf("%-28s %12s %8s %9s%n", "rule", "ns/judgement", "share", "findings");
    double all = costs.stream().mapToDouble(Cost::median).sum();
    costs.stream()
        .sorted(Comparator.comparingDouble(Cost::median).reversed())
        .forEach(
            cost ->
                out.printf(
                    "%-28s %,12.0f %7.1f%% %,9d%n",
                    cost.rule().spec().id(),
                    cost.median(),
                    100 * cost.median() / all,
                    findings.get(cost.rule())));
    out.printf("%-28s %,12.0f %7.1f%%%n", "all", all, 100.0);
  }

  private int judgements(Rule rule) {
    return rule instanceof LoginRule ? drivers.size() : trips.size();
  }

  /** Over all of them, as often as it takes for a clock to tell. */
  private double nanosPerJudgement(Cost cost) {
    long times = 0;
    long took;
    long started = System.nanoTime();
    do {
      // Kept and printed, or the compiler might leave out what nobody asks for.
      findings.put(cost.rule(), judgeAll(cost.rule()));
      times++;
      took = System.nanoTime() - started;
    } while (took < LEAST_TIMED_NANOS);
    return (double) took / times / cost.judgements();
  }

  private int judgeAll(Rule rule) {
    int found = 0;
    if (rule instanceof TripRule ofTrips) {
      for (Trip trip : trips.values()) {
        found += ofTrips.judge(trip, trip.rules().of(rule.spec())).isPresent() ? 1 : 0;
      }
    } else if (rule instanceof DayRule ofDays) {
      for (Trip trip : trips.values()) {
        found += ofDays.judge(trip, trip.rules().of(rule.spec())).size();
      }
    } else if (rule instanceof FeedbackRule ofFeedback) {
      for (Said one : said) {
        Values settings = one.feedback().rules().of(rule.spec());
        found += ofFeedback.judge(one.trip(), one.feedback(), settings).size();
      }
    } else if (rule instanceof LoginRule ofLogins) {
      for (Driver driver : drivers.values()) {
        found += ofLogins.judge(driver.logins(), book).size();
      }
    }
    return found;
  }
}
