package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripwatch.cluster.LocalCluster;
import io.tripwatch.event.Topic;
import io.tripwatch.job.JobOptions;
import io.tripwatch.kafka.KafkaInputs;
import io.tripwatch.kafka.KafkaRecords;
import io.tripwatch.kafka.Topics;
import io.tripwatch.simulate.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The job on a cluster of real processes with a broker, driven by the commands people type. */
final class LiveCluster implements AutoCloseable {
  static final int PARTITIONS = 3;

  /** Far more than a busy machine takes: what takes longer will never come. */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final Duration POLL = Duration.ofMillis(50);

  /** Rules that are to come into force then do not, here. */
  private static final long NEVER_MS = Instant.parse("3000-01-01T00:00:00Z").toEpochMilli();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path dir;
  private final LocalCluster.Addresses addresses;
  private final Admin admin;
  private final HttpClient http = HttpClient.newHttpClient();
  private String job;

  private LiveCluster(Path dir) throws IOException {
    this.dir = dir;
    addresses = new LocalCluster(dir, line -> {}).addresses().orElseThrow();
    admin = Admin.create(Map.of("bootstrap.servers", addresses.bootstrap()));
  }

  static LiveCluster start(Path dir) throws IOException {
    String partitions = Integer.toString(PARTITIONS);
    String where = dir.toString();
    Ran.done(
        "cluster",
        "start",
        "--rest-port",
        "0",
        "--kafka-port",
        "0",
        "--partitions",
        partitions,
        "--dir",
        where);
    return new LiveCluster(dir);
  }

  void submit(int parallelism) {
    job = run("submit", "--parallelism", Integer.toString(parallelism));
  }

  void submitFrom(String savepoint, int parallelism) {
    job = run("submit", "--from", savepoint, "--parallelism", Integer.toString(parallelism));
  }

  /** Stops the job; the path of its savepoint. */
  String stop() {
    return run("stop");
  }

  void rescale(int parallelism) {
    job = run("rescale", "--parallelism", Integer.toString(parallelism));
  }

  private String run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--dir", dir.toString()));
    return Ran.done(all.toArray(String[]::new));
  }

  void load(List<Delivery> deliveries) {
    KafkaRecords.send(
        addresses.bootstrap(),
        deliveries.stream()
            .map(
                each ->
                    new ProducerRecord<>(
                        each.topic().topicName(),
                        null,
                        each.arrivalMs(),
                        KafkaRecords.bytes(each.key()),
                        each.json())));
  }

  /**
   * Lets event time come to an instant, exactly: a record that bears on nothing into each partition
   * of some topics. The others must be idle, or become so.
   */
  void advanceTime(long toMs, Collection<Topic> topics) {
    long time = toMs + KafkaInputs.OUT_OF_ORDERNESS.toMillis();
    KafkaRecords.send(
        addresses.bootstrap(),
        topics.stream()
            .flatMap(
                topic ->
                    IntStream.range(0, PARTITIONS)
                        .mapToObj(
                            partition ->
                                new ProducerRecord<>(
                                    topic.topicName(),
                                    partition,
                                    time,
                                    null,
                                    aboutNobody(topic, time)))));
  }

  /** Has the fields of all topics: unknown ones are ignored. */
  private static byte[] aboutNobody(Topic topic, long time) {
    return KafkaRecords.bytes(
        """
        {"eventTime":%1$d,"receivedAt":%1$d,"type":"%2$s","orderId":"no-order",
         "driverId":"nobody","passengerId":"nobody","deviceId":"none","plate":"NONE","city":"none",
         "source":"PHONE","lat":1,"lon":1,"button":"ON_SITE","channel":"SMS","caller":"DRIVER",
         "outcome":"SENT","action":"LOGIN","flightNo":"NONE","serviceDate":"2000-01-01",
         "status":"SCHEDULED","scheduledArrival":%1$d,"phones":[],"vehicleClass":"ECONOMY",
         "by":"PASSENGER","stars":5,"complaintId":"none","subject":"ALERT","subjectId":"none",
         "verdict":"UPHELD","decidedBy":"nobody","version":"none",
         "effectiveFrom":%3$d,"settings":{},"chargedCents":0}
        """
            .formatted(time, topic == Topic.ORDERS ? "SETTLED" : "OPENED", NEVER_MS)
            .replace("\n", ""));
  }

  /** Returns when a checkpoint holds that all that was loaded is read. */
  void awaitRead() throws Exception {
    List<TopicPartition> inputs = partitions(Topics.inbound());
    await(
        "everything is read",
        () -> {
          Map<TopicPartition, Long> ends = ends(inputs, IsolationLevel.READ_COMMITTED);
          var read =
              admin
                  .listConsumerGroupOffsets(JobOptions.DEFAULT_NAME)
                  .partitionsToOffsetAndMetadata()
                  .get();
          return inputs.stream()
              .allMatch(
                  p ->
                      ends.get(p) == 0
                          || read.get(p) != null && read.get(p).offset() >= ends.get(p));
        });
  }

  /** Returns when alerts are written that no checkpoint holds yet. */
  void awaitOpenTransaction() throws Exception {
    await("a transaction is open", () -> !areCommitted());
  }

  private boolean areCommitted() throws Exception {
    List<TopicPartition> outputs = partitions(List.of(Topics.ALERTS));
    return ends(outputs, IsolationLevel.READ_COMMITTED)
        .equals(ends(outputs, IsolationLevel.READ_UNCOMMITTED));
  }

  /** Returns when event time has come to its end, and all that follows from it is committed. */
  void awaitVerdictsUntil(long untilMs) throws Exception {
    String drivers = verticesOfDrivers();
    await(
        "event time is " + untilMs,
        () -> {
          JsonNode watermarks = ask("/vertices/" + drivers + "/watermarks");
          for (JsonNode watermark : watermarks) {
            assertTrue(watermark.path("value").asLong() <= untilMs, "time ends at its end");
          }
          return !watermarks.isEmpty()
              && watermarks.findValuesAsText("value").stream()
                  .allMatch(value -> Long.parseLong(value) == untilMs);
        });
    long judgedMs = System.currentTimeMillis();
    await(
        "a checkpoint holds all verdicts",
        () -> {
          JsonNode last = ask("/checkpoints").path("latest").path("completed");
          return last.path("trigger_timestamp").asLong() > judgedMs;
        });
    await("all verdicts are committed", this::areCommitted);
  }

  private String verticesOfDrivers() throws Exception {
    return vertices().stream()
        .filter(vertex -> vertex.path("name").asText().contains("drivers"))
        .map(vertex -> vertex.path("id").asText())
        .collect(Collectors.joining());
  }

  private List<JsonNode> vertices() throws Exception {
    List<JsonNode> vertices = new ArrayList<>();
    ask("").path("vertices").forEach(vertices::add);
    return vertices;
  }

  /** Ends a TaskManager that has part of the job, as a lost machine does: without a word. */
  void killATaskManagerAtWork() throws Exception {
    String victim =
        ask("/vertices/" + verticesOfDrivers())
            .path("subtasks")
            .path(0)
            .path("taskmanager-id")
            .asText();
    String pid = Files.readString(dir.resolve("pid").resolve(victim + ".pid")).split("\\s")[0];
    ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    assertTrue(process.destroyForcibly(), "process " + pid + " is told to die");
    process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  void awaitRestart() throws Exception {
    await(
        "the job has failed and runs again",
        () ->
            !ask("/exceptions").path("exceptionHistory").path("entries").isEmpty()
                && vertices().stream()
                    .allMatch(vertex -> vertex.path("status").asText().equals("RUNNING")));
  }

  /** All that is committed of the alerts. */
  AlertHistory alerts() throws Exception {
    List<TopicPartition> outputs = partitions(List.of(Topics.ALERTS));
    Map<TopicPartition, Long> ends = ends(outputs, IsolationLevel.READ_COMMITTED);
    AlertHistory history = new AlertHistory();
    for (ConsumerRecord<byte[], byte[]> each :
        KafkaRecords.upTo(addresses.bootstrap(), ends, LIMIT)) {
      history.add(each.value());
    }
    return history;
  }

  private JsonNode ask(String path) throws Exception {
    URI uri = URI.create("http://" + addresses.rest() + "/jobs/" + job + path);
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), uri + ": " + answer.body());
    return JSON.readTree(answer.body());
  }

  private static List<TopicPartition> partitions(List<String> topics) {
    return topics.stream()
        .flatMap(
            topic -> IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)))
        .toList();
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel level)
      throws Exception {
    return admin
        .listOffsets(
            partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())),
            new ListOffsetsOptions(level))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /** Something that comes true in a while. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    long deadlineNs = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadlineNs, "not within " + LIMIT + ": " + what);
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }

  @Override
  public void close() {
    admin.close();
    Ran.done("cluster", "stop", "--dir", dir.toString());
  }
}
