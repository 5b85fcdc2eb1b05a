package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.cluster.FlinkRest;
import io.tripwatch.cluster.LocalCluster;
import io.tripwatch.cluster.Wait;
import io.tripwatch.event.Topic;
import io.tripwatch.kafka.KafkaRecords;
import io.tripwatch.kafka.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The job's life on a cluster of real processes, by the commands that people type. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  @TempDir static Path dir;
  private static final long PICKUP_AT = Instant.parse("2026-11-02T10:00:00Z").toEpochMilli();

  /** An hour before the pickup, by d-7, who then never comes. */
  private static final byte[] ACCEPTED =
      KafkaRecords.bytes(
          """
          {"eventTime":%1$d,"receivedAt":%1$d,"type":"ACCEPTED","orderId":"o-1",
           "scenario":"AIRPORT_DROPOFF","city":"SFO","passengerId":"p-1","pickupAt":%2$d,
           "pickup":{"lat":37.7,"lon":-122.4},"dropoff":{"lat":37.6,"lon":-122.3},
           "estimatedMeters":20000,"estimatedSeconds":1500,"orderedClass":"COMFORT",
           "fixedPriceCents":20000,"driverId":"d-7","plate":"7ABC123","vehicleClass":"COMFORT"}
          """
              .formatted(PICKUP_AT - Duration.ofHours(1).toMillis(), PICKUP_AT));

  private static String bootstrap;
  private static String savepoint;
  private static int sent;

  @BeforeAll
  static void startCluster() throws IOException {
    Ran ran = run("cluster", "start", "--rest-port", "0", "--kafka-port", "0", "--partitions", "2");
    assertEquals(0, ran.code(), ran.err());
    bootstrap = new LocalCluster(dir, line -> {}).addresses().orElseThrow().bootstrap();
  }

  @AfterAll
  static void stopCluster() {
    assertEquals("stopped", run("cluster", "stop").out());
    assertEquals("nothing was running", run("cluster", "stop").out());
    assertFails("no Flink cluster answers at 127.0.0.1:1;", "status", "--rest", "127.0.0.1:1");
  }

  @Test
  @Order(1)
  void withoutAJobTheCommandsSayHowToStartOne() {
    assertFails("no job runs on ", "stop");
    assertFails("no job runs on ", "rescale", "--parallelism", "1");
    assertTrue(run("status").out().endsWith("no job"));
    assertFails("a cluster runs already in ", "cluster", "start");
    assertFails("parallelism is 5, the cluster has 4 slots", "submit", "--parallelism", "5");
  }

  @Test
  @Order(1)
  void badRulesAreRefusedBeforeAnythingIsSent() throws IOException {
    Path rules = Files.writeString(dir.resolve("bad.yaml"), "trip:\n  stay: -1 s\n");
    assertFails("trip.stay", "submit", "--rules", rules.toString());
    assertFails("there is no file ", "submit", "--rules", dir.resolve("none.yaml").toString());
  }

  @Test
  @Order(1)
  void aStartWithoutStateAsksForTheEpoch() {
    Ran noEpoch = run("submit", "--without-state");
    assertEquals(2, noEpoch.code(), noEpoch.err());
    assertTrue(noEpoch.err().startsWith("tripwatch: --without-state needs --epoch"), noEpoch.err());
    Ran both = run("submit", "--without-state", "--epoch", "2", "--from", "/nowhere");
    assertEquals(2, both.code(), both.err());
  }

  @Test
  @Order(2)
  void theShadedJobRunsOnTheCluster() {
    Ran ran = run("submit", "--parallelism", "2");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().matches("[0-9a-f]{32}"), ran.out());
    sendRubbishAndSeeItOnce(10);
    KafkaRecords.send(bootstrap, Topic.ORDERS.topicName(), 0, List.of(ACCEPTED));
    assertFails("a job named tripwatch runs already", "submit");
  }

  @Test
  @Order(3)
  void aSavepointIsTakenWhileTheJobGoesOn() {
    Ran ran = run("savepoint");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(Files.exists(Path.of(URI.create(ran.out())).resolve("_metadata")));
    sendRubbishAndSeeItOnce(10);
  }

  @Test
  @Order(4)
  void theJobStopsWithASavepointAndGoesOnFromItAtAnotherParallelism() {
    Ran stopped = run("stop");
    assertEquals(0, stopped.code(), stopped.err());
    savepoint = stopped.out();
    assertRefusesToForget(
        "tripwatch ran before, for it has offsets in Kafka, and without its state it would forget"
            + " the trips that are open: the newest savepoint is "
            + savepoint
            + " of ");
    assertFails(
        "epoch is 1, and an earlier run of tripwatch had 1; ",
        "submit",
        "--without-state",
        "--epoch",
        "1");
    send(10);
    Ran ran = run("submit", "--parallelism", "3", "--from", savepoint);
    assertEquals(0, ran.code(), ran.err());
    sendRubbishAndSeeItOnce(10);
    assertTrue(run("status").out().contains("RUNNING, parallelism 3"));
  }

  @Test
  @Order(5)
  void rescaleAndUpgradeLoseAndRepeatNothing() {
    Ran down = run("rescale", "--parallelism", "1");
    assertEquals(0, down.code(), down.err());
    sendRubbishAndSeeItOnce(10);
    Ran same = run("upgrade");
    assertEquals(0, same.code(), same.err());
    sendRubbishAndSeeItOnce(10);
    assertTrue(run("status").out().contains("RUNNING, parallelism 1"));
  }

  @Test
  @Order(6)
  void aTripAcceptedBeforeAllThatIsJudgedAfterIt() {
    byte[] later = fixAt(PICKUP_AT + Duration.ofHours(1).toMillis());
    KafkaRecords.send(bootstrap, Topic.GPS.topicName(), 0, List.of(later));
    List<String> alerts =
        KafkaRecords.texts(
            KafkaRecords.until(
                bootstrap,
                Topics.ALERTS,
                a -> KafkaRecords.texts(a).toString().contains("no-show")));
    String noShow = alerts.stream().filter(a -> a.contains("no-show")).findFirst().orElseThrow();
    assertTrue(noShow.contains("\"alertId\":\"o-1/d-7/no-show\""), noShow);
    assertTrue(noShow.contains("\"revision\":1"), noShow);
  }

  @Test
  @Order(7)
  void anOldSavepointIsRefusedForKafkaMayHaveForgottenItsTransactions() throws IOException {
    Path metadata = Path.of(URI.create(savepoint)).resolve("_metadata");
    FileTime written = Files.getLastModifiedTime(metadata);
    Files.setLastModifiedTime(
        metadata, FileTime.from(written.toInstant().minus(Duration.ofMinutes(20))));
    assertFails("savepoint " + savepoint + " is 2", "submit", "--name", "b", "--from", savepoint);
    assertFails(
        "cannot read file:/nowhere/_metadata", "submit", "--name", "b", "--from", "/nowhere");
  }

  @Test
  @Order(8)
  void ofTwoJobsOneMustBeNamed() {
    Ran second = run("submit", "--name", "second", "--parallelism", "1");
    assertEquals(0, second.code(), second.err());
    assertFails("2 jobs run on ", "stop");
    assertEquals(0, run("stop", "--job", second.out()).code());
  }

  @Test
  @Order(9)
  void aJobThatRanBeforeIsNotStartedAnewAlsoWhereItsStateIsNotFound() throws Exception {
    Ran stopped = run("stop");
    assertEquals(0, stopped.code(), stopped.err());
    Path kept = dir.resolve("savepoints");
    Files.move(kept, dir.resolve("elsewhere"));
    assertRefusesToForget(
        "tripwatch ran before, for it has offsets in Kafka, and without its state it would forget"
            + " the trips that are open: no savepoint or checkpoint was found in "
            + kept.toUri().toString().replace("///", "/"));
    Ran anew = run("submit", "--without-state", "--epoch", "2");
    assertEquals(0, anew.code(), anew.err());
    cancelWhenItHasACheckpoint(anew.out());
    assertFails(
        "tripwatch ran before, for it has offsets in Kafka, and without its state it would forget"
            + " the trips that are open: the newest checkpoint is file:"
            + dir.resolve("checkpoints").resolve(anew.out()).resolve("chk-"),
        "submit");
  }

  private static void assertRefusesToForget(String why) {
    assertFails(why, "submit");
    assertTrue(run("submit").err().endsWith("by --without-state --epoch 2"));
  }

  /** As Flink's page does: without a savepoint. */
  private static void cancelWhenItHasACheckpoint(String job) throws Exception {
    String rest = new LocalCluster(dir, line -> {}).addresses().orElseThrow().rest();
    try (FlinkRest flink = new FlinkRest(rest, line -> {})) {
      JobID id = JobID.fromHexString(job);
      Wait.until("a checkpoint", line -> {}, () -> flink.checkpointsCompleted(id) > 0);
      HttpRequest cancel =
          HttpRequest.newBuilder(URI.create("http://" + rest + "/jobs/" + job))
              .method("PATCH", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpClient.newHttpClient().send(cancel, HttpResponse.BodyHandlers.discarding());
      Wait.until("the job to end", line -> {}, () -> flink.jobs().isEmpty());
    }
  }

  /** Of a driver who has nothing to do with it: it only moves time. */
  private static byte[] fixAt(long time) {
    return KafkaRecords.bytes(
        """
        {"eventTime":%1$d,"receivedAt":%1$d,"source":"PHONE","driverId":"d-8","deviceId":"x-8",
         "lat":37.5,"lon":-122.2}
        """
            .formatted(time));
  }

  private static Ran run(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--dir";
    all[args.length + 1] = dir.toString();
    return Ran.of(all);
  }

  private static void assertFails(String why, String... args) {
    Ran ran = run(args);
    assertEquals(1, ran.code(), ran.toString());
    // Before it, a slow machine says what it waits for.
    List<String> said = ran.err().lines().filter(l -> !l.startsWith("waiting for ")).toList();
    assertEquals(1, said.size(), ran.err());
    assertTrue(said.get(0).startsWith("tripwatch: " + why), ran.err());
  }

  private static void sendRubbishAndSeeItOnce(int count) {
    send(count);
    List<ConsumerRecord<byte[], byte[]>> read =
        KafkaRecords.until(bootstrap, Topics.DEAD_LETTERS, letters -> letters.size() >= sent);
    Set<String> keys = new HashSet<>();
    read.forEach(l -> keys.add(KafkaRecords.text(l.key())));
    assertEquals(sent, read.size(), "no dead letter is written twice");
    assertEquals(sent, keys.size(), "each record has its own");
    String last = Base64.getEncoder().encodeToString(rubbish(sent - 1));
    assertTrue(KafkaRecords.texts(read).stream().anyMatch(l -> l.contains(last)));
  }

  private static void send(int count) {
    List<byte[]> values = IntStream.range(sent, sent + count).mapToObj(ClusterIT::rubbish).toList();
    sent += count;
    KafkaRecords.send(bootstrap, Topic.GPS.topicName(), sent / count % 2, values);
  }

  private static byte[] rubbish(int n) {
    return KafkaRecords.bytes("rubbish " + n);
  }
}
