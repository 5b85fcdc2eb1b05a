package io.tripwatch.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tripwatch.codec.StrangeRecords;
import io.tripwatch.codec.StrangeRecords.Strange;
import io.tripwatch.codec.StrangeRecords.When;
import io.tripwatch.event.Topic;
import io.tripwatch.job.JobOptions;
import io.tripwatch.job.TripwatchJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the contract allows and nobody expects does not restart the live job. */
class StrangeRecordsLiveIT {
  private static final int RECORDS = 20_000;
  private static final int PARTITIONS = 2;
  private static final byte[] RUBBISH = {'x'};

  @TempDir private Path dir;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void goesOnThroughTwentyThousandStrangeRecordsAndACheckpointBetween() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir.resolve("kafka"))) {
      Topics.ensure(broker.bootstrap(), PARTITIONS, Topics.Retention.FOREVER);
      StreamExecutionEnvironment env = environment();
      TripwatchJob.define(env, new JobOptions(broker.bootstrap(), "strange", 1, null));
      JobClient job = env.executeAsync();
      StrangeRecords records = new StrangeRecords(4, When.IN_TURN);
      for (int half = 1; half <= 2; half++) {
        send(broker, records);
        int marks = half * PARTITIONS * Topic.values().length;
        // A dead letter is visible when a checkpoint has gone through all stages behind it.
        assertEquals(marks, awaitDeadLetters(broker, job, marks));
      }
      assertEquals(JobStatus.RUNNING, job.getJobStatus().get());
      job.cancel().get();
    }
  }

  /** Half of the records, and behind them, in each partition, one that is refused. */
  private static void send(EmbeddedBroker broker, StrangeRecords records) {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    for (int i = 0; i < RECORDS / 2; i++) {
      Strange record = records.next();
      all.add(
          new ProducerRecord<>(
              record.topic().topicName(),
              record.key().getBytes(StandardCharsets.UTF_8),
              record.json()));
    }
    for (Topic topic : Topic.values()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        all.add(new ProducerRecord<>(topic.topicName(), partition, null, RUBBISH));
      }
    }
    KafkaRecords.send(broker.bootstrap(), all.stream());
  }

  /** How many there are once there are enough; fails at once when the job does. */
  private static int awaitDeadLetters(EmbeddedBroker broker, JobClient job, int enough) {
    return KafkaRecords.until(
            broker.bootstrap(),
            Topics.DEAD_LETTERS,
            Duration.ofMinutes(7),
            read -> read.size() >= enough || statusOf(job).isTerminalState())
        .size();
  }

  private static JobStatus statusOf(JobClient job) {
    return job.getJobStatus().join();
  }

  /** The settings of flink-conf, but a failure ends the job. */
  private StreamExecutionEnvironment environment() {
    Configuration conf = GlobalConfiguration.loadConfiguration("flink-conf");
    conf.set(RestOptions.BIND_PORT, "0");
    conf.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    conf.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir.resolve("checkpoints").toUri().toString());
    return StreamExecutionEnvironment.createLocalEnvironment(2, conf);
  }
}
