package io.tripwatch.job;

import io.tripwatch.event.Incoming;
import io.tripwatch.kafka.KafkaInputs;
import io.tripwatch.kafka.KafkaOutputs;
import io.tripwatch.kafka.OutboundRecord;
import io.tripwatch.kafka.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ParameterTool;

/** STUB of the job: counts accepted records by topic and passes dead letters on. */
public final class TripwatchJob {
  /** Fixed for ever: state is divided by it. */
  public static final int MAX_PARALLELISM = 128;

  private TripwatchJob() {}

  /** For {@code flink run}. */
  public static void main(String[] args) throws Exception {
    JobOptions options = JobOptions.parse(args);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, options);
    env.execute(options.name());
  }

  /** Defines the job from Kafka to Kafka. */
  public static void define(StreamExecutionEnvironment env, JobOptions options) {
    env.setMaxParallelism(MAX_PARALLELISM);
    env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(options.toParameters()));
    DataStream<Incoming> incoming =
        env.fromSource(
                KafkaInputs.source(options.bootstrap(), options.name(), new StubIncomingType()),
                KafkaInputs.watermarks(KafkaInputs.IDLENESS),
                "inputs")
            .uid("inputs");
    DataStream<OutboundRecord> dead =
        incoming
            .filter(i -> i.deadLetter() != null)
            .uid("refused")
            .map(i -> OutboundRecord.of(i.deadLetter()))
            .returns(OutboundRecord.class)
            .uid("dead-letters");
    DataStream<OutboundRecord> counts =
        incoming
            .filter(i -> i.event() != null)
            .uid("accepted")
            .map(i -> i.event().topic().topicName())
            .uid("topic-of")
            .keyBy(name -> name)
            .process(new Count())
            .uid("count");
    dead.union(counts)
        .sinkTo(KafkaOutputs.exactlyOnce(options.bootstrap(), options.name()))
        .uid("outputs")
        .name("outputs");
  }

  private static final class Count extends KeyedProcessFunction<String, String, OutboundRecord> {
    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(String topic, Context context, Collector<OutboundRecord> out)
        throws Exception {
      long n = count.value() == null ? 1 : count.value() + 1;
      count.update(n);
      byte[] json = ("{\"revision\":" + n + "}").getBytes(StandardCharsets.UTF_8);
      out.collect(OutboundRecord.of(Topics.ALERTS, topic, json));
    }
  }
}
