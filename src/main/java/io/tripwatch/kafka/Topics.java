package io.tripwatch.kafka;

import io.tripwatch.event.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The contract's topics on a broker. */
public final class Topics {
  public static final String ALERTS = "trip.alerts.v1";
  public static final String PENALTIES = "trip.penalties.v1";
  public static final String COMPENSATIONS = "trip.compensations.v1";
  public static final String NOTIFICATIONS = "trip.notifications.v1";
  public static final String TRIPS = "trip.trips.v1";
  public static final String DRIVERS = "trip.drivers.v1";
  public static final String BLACKLIST = "trip.blacklist.v1";
  public static final String STATS = "trip.stats.v1";
  public static final String DEAD_LETTERS = "trip.dead-letters.v1";

  /** After so long without an answer it is seen whether there is a broker at all. */
  private static final Duration ANSWER_EXPECTED = Duration.ofSeconds(10);

  private static final String DNS_LOOKUP = ClientDnsLookup.USE_ALL_DNS_IPS.toString();

  /** What takes connections and does not answer so often is no broker. */
  private static final int MOST_QUESTIONS = 30;

  private Topics() {}

  /** How long the broker keeps the records of topics that are created here. */
  public enum Retention {
    /** As the broker is set. */
    BROKER_DEFAULT,
    /** For ever: records of a replay bear old times, which retention would delete at once. */
    FOREVER
  }

  /** The topics the job reads, in the contract's order. */
  public static List<String> inbound() {
    return Stream.of(Topic.values()).map(Topic::topicName).toList();
  }

  /** The topics the job writes. */
  public static List<String> outbound() {
    return List.of(
        ALERTS,
        PENALTIES,
        COMPENSATIONS,
        NOTIFICATIONS,
        TRIPS,
        DRIVERS,
        BLACKLIST,
        STATS,
        DEAD_LETTERS);
  }

  /**
   * Creates the topics that are missing and leaves the others as they are.
   *
   * @param partitions of each topic created
   * @return the names of those created
   * @throws IOException if no broker answers or it refuses
   */
  public static List<String> createMissing(String bootstrap, int partitions, Retention retention)
      throws IOException {
    return createMissing(bootstrap, partitions, retention, line -> {});
  }

  /**
   * The same, and says what it waits for while the broker is slow.
   *
   * @param tell who is told, line by line
   */
  public static List<String> createMissing(
      String bootstrap, int partitions, Retention retention, Consumer<String> tell)
      throws IOException {
    requirePositive(partitions);
    return ask(
        bootstrap,
        tell,
        admin -> {
          Set<String> present = admin.listTopics().names().get();
          List<NewTopic> missing = new ArrayList<>();
          for (String name : all()) {
            if (!present.contains(name)) {
              missing.add(newTopic(name, partitions, retention));
            }
          }
          // Another start may create the same topics at the same time: that is no failure.
          for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            getUnlessPresent(created);
          }
          return missing.stream().map(NewTopic::name).toList();
        });
  }

  /**
   * Like {@link #createMissing}, and sees to it that every topic has at least so many partitions.
   *
   * @throws IOException also if a topic that exists has fewer partitions
   */
  public static void ensure(String bootstrap, int partitions, Retention retention)
      throws IOException {
    ensure(bootstrap, partitions, retention, line -> {});
  }

  /**
   * The same, and says what it waits for while the broker is slow.
   *
   * @param tell who is told, line by line
   */
  public static void ensure(
      String bootstrap, int partitions, Retention retention, Consumer<String> tell)
      throws IOException {
    createMissing(bootstrap, partitions, retention, tell);
    Map<String, TopicDescription> found =
        ask(bootstrap, tell, admin -> admin.describeTopics(all()).allTopicNames().get());
    for (String name : all()) {
      int present = found.get(name).partitions().size();
      if (present < partitions) {
        throw new IOException(
            "topic "
                + name
                + " on "
                + bootstrap
                + " has "
                + present
                + " partitions, "
                + partitions
                + " were asked for; ask for "
                + present
                + ", or start with an empty data directory (partitions added to a topic in use move"
                + " its keys)");
      }
    }
  }

  /**
   * Whether a consumer group has committed that it read any of the inbound topics.
   *
   * @param tell who is told, line by line, what is waited for
   * @throws IOException if no broker answers or it refuses
   */
  public static boolean hasOffsets(String bootstrap, String group, Consumer<String> tell)
      throws IOException {
    return ask(
        bootstrap,
        tell,
        admin ->
            admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .anyMatch(e -> e.getValue() != null && inbound().contains(e.getKey().topic())));
  }

  private static List<String> all() {
    return Stream.concat(inbound().stream(), outbound().stream()).toList();
  }

  private static NewTopic newTopic(String name, int partitions, Retention retention) {
    Map<String, String> configs = new HashMap<>();
    // Never compacted: a replay needs what held then, not what holds now.
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    if (retention == Retention.FOREVER) {
      configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    }
    if (name.equals(DEAD_LETTERS)) {
      configs.put(
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaOutputs.MAX_RECORD_BYTES));
    }
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
  }

  private static void getUnlessPresent(KafkaFuture<Void> created)
      throws ExecutionException, InterruptedException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static void requirePositive(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + "; a topic has 1 or more");
    }
  }

  /** One question to a broker. */
  private interface Question<T> {
    T answeredBy(Admin admin) throws ExecutionException, InterruptedException;
  }

  /** Asks until there is an answer, while something takes connections there. */
  private static <T> T ask(String bootstrap, Consumer<String> tell, Question<T> question)
      throws IOException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) ANSWER_EXPECTED.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) ANSWER_EXPECTED.toMillis() / 2);
    try (Admin admin = Admin.create(settings)) {
      for (int asked = 1; ; asked++) {
        try {
          return question.answeredBy(admin);
        } catch (ExecutionException e) {
          requireWorthAskingAgain(bootstrap, asked, e);
          tell.accept("waiting for the Kafka broker at " + bootstrap + " to answer ...");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the Kafka broker at " + bootstrap, e);
    } catch (KafkaException e) {
      throw new IOException(
          "cannot ask a Kafka broker at "
              + bootstrap
              + ": "
              + (e.getCause() == null ? e : e.getCause()).getMessage()
              + "; --bootstrap is host:port, several with commas between",
          e);
    }
  }

  private static void requireWorthAskingAgain(String bootstrap, int asked, ExecutionException e)
      throws IOException {
    // A topic just created is not known everywhere at once.
    boolean isSlow =
        e.getCause() instanceof TimeoutException
            || e.getCause() instanceof UnknownTopicOrPartitionException;
    if (!isSlow) {
      throw new IOException(
          "the Kafka broker at " + bootstrap + " refuses: " + e.getCause().getMessage(), e);
    }
    boolean listens =
        ClientUtils.parseAndValidateAddresses(List.of(bootstrap.split(",")), DNS_LOOKUP).stream()
            .anyMatch(at -> LocalPort.listens(at.getHostString(), at.getPort()));
    if (!listens || asked >= MOST_QUESTIONS) {
      throw new IOException(
          "no Kafka broker answers at "
              + bootstrap
              + (listens ? ", though something listens there" : "")
              + "; start it, or give the right --bootstrap",
          e);
    }
  }
}
