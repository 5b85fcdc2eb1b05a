package io.tripwatch.job;

import io.tripwatch.codec.SettingsTree;
import io.tripwatch.event.Incoming;
import io.tripwatch.kafka.KafkaInputs;
import io.tripwatch.kafka.KafkaOutputs;
import io.tripwatch.kafka.OutboundRecord;
import io.tripwatch.settings.InvalidSettingsException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/** The job from Kafka to Kafka. */
public final class TripwatchJob {
  private TripwatchJob() {}

  /** For {@code flink run}. */
  public static void main(String[] args) throws Exception {
    JobOptions options = JobOptions.parse(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, options);
    env.execute(options.name());
  }

  /**
   * Defines the job from Kafka to Kafka.
   *
   * @throws InvalidSettingsException with every error of the rules file
   */
  public static void define(StreamExecutionEnvironment env, JobOptions options) {
    define(env, options, KafkaInputs.IDLENESS);
  }

  /**
   * Defines the job from Kafka to Kafka.
   *
   * @param idleness after so long without a record a partition holds up event time no more; where
   *     event time runs faster than the wall's, it must be shorter
   * @throws InvalidSettingsException with every error of the rules file
   */
  public static void define(StreamExecutionEnvironment env, JobOptions options, Duration idleness) {
    env.setMaxParallelism(Pipeline.MAX_PARALLELISM);
    // No stage changes a record once it was handed on; Flink would copy each between two of a task.
    env.getConfig().enableObjectReuse();
    env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(options.toParameters()));
    DataStream<Incoming> incoming =
        env.fromSource(
                KafkaInputs.source(options.bootstrap(), options.name(), Wires.INCOMING),
                KafkaInputs.watermarks(idleness),
                "inputs")
            .uid("inputs");
    Map<String, Object> settings =
        options.rulesYaml() == null ? Map.of() : SettingsTree.readYaml(options.rulesYaml());
    Pipeline.Outputs outputs =
        Pipeline.define(incoming, settings, options.epoch(), Pipeline.AS_HEAP_ALLOWS);
    DataStream<OutboundRecord> said =
        outputs
            .said()
            .map(OutboundRecord::of)
            .returns(OutboundRecord.class)
            .name("said")
            .uid("said");
    DataStream<OutboundRecord> deadLetters =
        outputs
            .deadLetters()
            .map(OutboundRecord::of)
            .returns(OutboundRecord.class)
            .name("dead-letters")
            .uid("dead-letters");
    said.union(deadLetters)
        .sinkTo(KafkaOutputs.exactlyOnce(options.bootstrap(), options.name()))
        .uid("outputs")
        .name("outputs");
  }
}
